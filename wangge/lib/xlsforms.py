"""Forms written down as plain data (TOML) become XLSForm workbooks (xlsform.org): a district may change the
workbook afterwards like any other."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

COLUMNS = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "fact",
)  # fmt: skip


@dataclass(frozen=True)
class PackForm:
    """One form of a pack: its key, its title, the workbook."""

    key: str
    title: str
    workbook: bytes


def pack_forms(folder: Path, order: Sequence[str] = ()) -> list[PackForm]:
    """The forms of a folder, those in ``order`` first."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    rank = {key: at for at, key in enumerate(order)}
    read.sort(key=lambda said: (rank.get(said["key"], len(rank)), said["key"]))
    return [PackForm(said["key"], said["title"], _workbook(said)) for said in read]


def _workbook(said: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    _sheet(book, "survey", [COLUMNS, *(_question(*row) for row in said["survey"])])
    choices = [
        (name, code, label) for name, options in said["choices"].items() for code, label in options.items()
    ]
    _sheet(book, "choices", [("list_name", "name", "label"), *choices])
    about = (said["title"], said["key"], said["version"])
    _sheet(book, "settings", [("form_title", "form_id", "version"), about])
    book.close()
    return stream.getvalue()


def _question(kind: str, name: str, label: str, more: dict[str, str] | None = None) -> list[str]:
    cells = {"type": kind, "name": name, "label": label, **(more or {})}
    return [cells.get(column, "") for column in COLUMNS]


def _sheet(book: Any, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
