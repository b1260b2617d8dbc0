"""What is refused before a list is read, in words."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from django.utils.translation import gettext as _

from wangge.lib.sheets import FAULTS, is_scattered

FILE_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 200 * 1024 * 1024
ROWS = 100_000


class Unreadable(Exception):
    """A file that is no list; says why and what to do next."""


def check_size(size: int) -> None:
    """Raises Unreadable for nothing, and for more than a list has."""
    if not size:
        raise Unreadable(_("文件是空的。请确认表格已保存，再重新上传。"))
    if size > FILE_BYTES:
        raise Unreadable(_("文件太大（超过 20 MB）。请让对方分几份给，或只留证件号码等要比的列。"))


def check_package(content: bytes) -> None:
    """Raises Unreadable unless the content is a workbook that does not unpack without end, and whose cells do
    not lie so far apart that a small file fills the memory."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            names, size = packed.namelist(), sum(part.file_size for part in packed.infolist())
            if not any(name.startswith("xl/") for name in names):
                raise no_table()
            if size > UNPACKED_BYTES:
                raise Unreadable(_("文件解开后太大，不像一份名单。请另存一份只有名单的表格再上传。"))
        if is_scattered(content):
            raise Unreadable(_("离名单很远的格子里还有内容。请把名单复制到一张新表格里，保存后再上传。"))
    except FAULTS as broken:
        raise damaged() from broken


def no_table() -> Unreadable:
    """The refusal of what is neither a workbook nor text."""
    return Unreadable(_("只收 xlsx 或 csv 表格。请用 Excel 或 WPS 另存为 .xlsx 后再上传。"))


def damaged() -> Unreadable:
    """The refusal of a file that cannot be opened."""
    return Unreadable(_("文件打不开：可能已损坏，或设了打开密码。请取消密码、另存一份后再上传。"))


def too_long() -> Unreadable:
    """The refusal of more rows than are compared at once."""
    return Unreadable(_("名单超过 100,000 行。请按社区或日期分成几份，一份一份地比。"))
