"""Procedures as files: those that are shipped, marked 示例, and those a district brings."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.utils.translation import gettext as _

from .faults import faults
from .procedure import Procedure
from .shape import procedure_of

SHIPPED = Path(__file__).resolve().parents[1] / "procedures"
LARGEST = 256 * 1024  # bytes of one file


class ProcedureFault(ValueError):
    """A procedure that cannot be used; ``faults`` are all its faults in words."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("\n".join(found))
        self.faults = found


def read_procedure(text: str) -> Procedure:
    """A procedure from TOML.

    Raises:
        ProcedureFault: it is no TOML, its form is wrong or it makes no sense; with all that is wrong.
    """
    try:
        told = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as broken:
        raise ProcedureFault([_("不是正确的 TOML：%(why)s") % {"why": str(broken)[:200]}]) from broken
    procedure, wrong = procedure_of(told)
    if found := list(dict.fromkeys([*wrong, *faults(procedure)])):
        raise ProcedureFault(found)
    return procedure


def read_folder(folder: Path = SHIPPED) -> dict[str, Procedure]:
    """All procedures of a folder by key, in the order of the file names; {} where there is no folder.

    Raises:
        ProcedureFault: with the faults of every file, each behind the file's name.
    """
    found: dict[str, Procedure] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            read = _read(path)
        except ProcedureFault as fault:
            wrong += [f"{path.name}：{words}" for words in fault.faults]
            continue
        if read.key in found:
            wrong.append(
                _("%(file)s：流程 %(key)s 已在另一个文件里。") % {"file": path.name, "key": read.key}
            )
        found[read.key] = read
    if wrong:
        raise ProcedureFault(wrong)
    return found


def _read(path: Path) -> Procedure:
    if path.stat().st_size > LARGEST:
        raise ProcedureFault([_("文件超过 %(most)d KB。") % {"most": LARGEST // 1024}])
    try:
        return read_procedure(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as broken:
        raise ProcedureFault([_("不是 UTF-8 编码的文字。")]) from broken
