"""What is refused before a staff list is read, in words."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from wangge.lib.sheets import FAULTS, is_scattered

FILE_BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 60 * 1024 * 1024
ROWS = 5_000
COLUMNS = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unreadable(Exception):
    """A file that is no staff list; ``message`` says why and what to do next."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(code)


def check_file(content: bytes) -> None:
    """Raises Unreadable unless the content is a workbook of a size that a staff list has."""
    if not content:
        raise Unreadable("empty", _("文件是空的。请确认表格已保存，再重新上传。"))
    if len(content) > FILE_BYTES:
        raise Unreadable("too_big", _("文件超过 5 MB，不像一份花名册。请只留下人员名单再上传。"))
    if content.startswith(_OLE):
        return
    if not content.startswith(b"PK"):
        raise Unreadable("wrong_type", _("这不是 Excel 表格。请用 Excel 或 WPS 另存为 .xlsx 后再上传。"))
    _check_zip(content)


def _check_zip(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as packed:
            names, size = packed.namelist(), sum(part.file_size for part in packed.infolist())
    except BadZipFile as error:
        raise damaged() from error
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable("wrong_type", _("这不是 Excel 表格。请用 Excel 或 WPS 另存为 .xlsx 后再上传。"))
    if size > UNPACKED_BYTES:
        raise Unreadable("zip_bomb", _("文件解开后太大，不像一份花名册。请另存一份只有人员名单的表格。"))
    try:
        scattered = is_scattered(content)
    except FAULTS as error:
        raise damaged() from error
    if scattered:
        raise Unreadable(
            "scattered", _("离名单很远的格子里还有内容。请把名单复制到一张新表格里，保存后再上传。")
        )


def damaged() -> Unreadable:
    """The refusal of a file that cannot be opened: damaged, or behind a password."""
    return Unreadable("damaged", _("文件打不开：可能已损坏，或设了打开密码。请取消密码、另存一份后再上传。"))
