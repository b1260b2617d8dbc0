"""A material is put in, and taken out of use (S41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing.files import ENDING, write_sealed

from ..enums import MaterialKind
from ..models import Material
from ..queries.topics import topics
from ..rules import may_plan

LARGEST = 20 * 1024 * 1024  # bytes of a PDF
BEGIN, END = b"%PDF-", b"%%EOF"
TAIL = 2048  # bytes in which a PDF says that it ends


@dataclass(frozen=True)
class Put:
    """What a material is; ``content`` is a PDF, b"" where there is none."""

    op: UUID
    area: str
    title: str
    topic: str
    kind: str
    edition: str
    since: date
    link: str = ""
    content: bytes = b""
    example: bool = False


def add_material(*, actor: Any, put: Put, demo: bool = False) -> Material:
    """Put a material in; the same op again is the same material.

    Raises:
        Refused: outside the actor's areas.
        Unacceptable: no PDF, too large, no address of the video, or no such topic.
    """
    _look_at(actor, put)
    known = Material._base_manager.filter(op=put.op).first()
    if known is not None:
        return _same(actor, known)
    try:
        with transaction.atomic():
            return _added(actor, put, demo)
    except IntegrityError:  # the same op at the same moment
        return _same(actor, Material._base_manager.get(op=put.op))


def _same(actor: Any, known: Material) -> Material:
    if not may_plan(actor, known.area_code):
        raise Refused(_("这个区域不在您的辖区。"))
    return known


def _added(actor: Any, put: Put, demo: bool) -> Material:
    row = Material._base_manager.create(
        op=put.op, area_code=put.area, title=put.title.strip()[:80], topic=put.topic, kind=put.kind,
        edition=put.edition.strip()[:20], link=put.link, since=put.since, size=len(put.content),
        digest=sha256(put.content).hexdigest() if put.content else "", content=_file_of(put),
        account=journal.account_of(actor), example=put.example, demo=demo,
    )  # fmt: skip
    if put.content:
        write_sealed(Path(default_storage.path(str(row.content.name))), put.content)
    data = {"kind": row.kind, "topic": row.topic, "bytes": row.size}
    journal.record("education.material_added", actor=actor, area=row.area_code, subject=row, data=data)
    return row


def _file_of(put: Put) -> str:
    """Named by nothing that somebody wrote."""
    return f"education/{timezone.localdate():%Y/%m}/{put.op.hex}{ENDING}" if put.content else ""


@transaction.atomic
def withdraw_material(*, actor: Any, material: Material) -> Material:
    """Take it out of use; what was given out stays counted. Said again nothing changes.

    Raises:
        Refused: it belongs to an area that is not the actor's.
    """
    row = Material._base_manager.select_for_update().get(pk=material.pk)
    if not may_plan(actor, row.area_code):
        raise Refused(_("这份资料由上级登记，不能由您停用。"))
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        journal.record("education.material_withdrawn", actor=actor, area=row.area_code, subject=row)
    return row


def file_fault(content: bytes) -> str:
    """What is wrong with a file, in words; "" where it is a PDF that may be kept."""
    if len(content) > LARGEST:
        return too_large(len(content))
    if not content.startswith(BEGIN) or END not in content[-TAIL:]:
        return _("这个文件不是完整的 PDF；请在原来的软件里另存为 PDF 再上传。")
    return ""


def too_large(size: int) -> str:
    """What to say of a file of so many bytes."""
    told = {"size": -(-size // (1024 * 1024)), "most": LARGEST // (1024 * 1024)}
    return _("文件有 %(size)d MB，最多 %(most)d MB；请压缩后再上传。") % told


def link_fault(link: str) -> str:
    """What is wrong with the address of a video; "" where nothing is."""
    if urlsplit(link).scheme != "https":
        return _("请填 https:// 开头的网址。")
    return ""


def _look_at(actor: Any, put: Put) -> None:
    if not may_plan(actor, put.area):
        raise Refused(_("这个区域不在您的辖区。"))
    if put.topic not in topics():
        raise Unacceptable(_("没有这个主题；请从列表里选。"))
    if put.kind == MaterialKind.PDF and not put.content:
        raise Unacceptable(_("请选一个 PDF 文件。"))
    fault = link_fault(put.link) if put.link or put.kind == MaterialKind.VIDEO else ""
    fault = fault or (file_fault(put.content) if put.content else "")
    if fault:
        raise Unacceptable(fault)
