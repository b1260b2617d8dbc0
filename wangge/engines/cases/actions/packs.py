"""A district's own procedures: a file is looked at, then put into its package."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, is_trusted
from wangge.foundation.journal import actions as journal

from ..queries.procedures import folders
from ..reading.packs import LARGEST, ProcedureFault, read_procedure
from ..reading.procedure import Procedure


def load_procedure(*, actor: Any, content: bytes) -> Procedure:
    """Put a procedure into the district's package; cases opened from now on go by it, others by the text they
    began with.

    Raises:
        Refused: no right to change settings.
        ProcedureFault: with everything that is wrong; nothing is written.
    """
    _must_set(actor)
    if len(content) > LARGEST:
        raise ProcedureFault([_("文件超过 %(most)d KB。") % {"most": LARGEST // 1024}])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise ProcedureFault([_("不是 UTF-8 编码的文字。")]) from broken
    procedure = read_procedure(text)
    _write(folders()[0] / f"{procedure.key}.toml", text)
    data = {"procedure": procedure.key, "version": procedure.version}
    journal.record("procedure.loaded", actor=actor, area=settings.DISTRICT + "000000", data=data)
    return procedure


def drop_procedure(*, actor: Any, key: str) -> bool:
    """Take the district's own file away, so that the shipped one holds again; whether there was one."""
    _must_set(actor)
    path = {each.stem: each for each in folders()[0].glob("*.toml")}.get(key)
    if path is None:
        return False
    path.unlink(missing_ok=True)
    journal.record(
        "procedure.dropped", actor=actor, area=settings.DISTRICT + "000000", data={"procedure": key}
    )
    return True


def _must_set(actor: Any) -> None:
    if not is_trusted(actor) and not may(actor, "settings.manage"):
        raise Refused(_("规程由系统管理员装入。"))


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a reader beside this never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f".{path.name}.{uuid4().hex}")
    own.write_text(text, encoding="utf-8", newline="")
    os.replace(own, path)
