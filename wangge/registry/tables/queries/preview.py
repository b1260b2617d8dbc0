"""What a filling would hold: its first rows, masked, and what stays empty and why. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from wangge.lib import masking
from wangge.registry.ledgers.dictionary import facts

from ..filling import Spec, Tally
from ..models import TableRequest
from ..workbook import Book, letters
from . import composing

SHOWN = 5
COUNTED = 500  # rows looked at; of more only how many there are at least is said
_MASKS = {"name": masking.mask_name, "address": masking.mask_address}


@dataclass
class PreviewSheet:
    """One table: its columns by letter and header, and its first rows, masked."""

    name: str
    heads: list[tuple[str, str]]
    rows: list[list[str]] = field(default_factory=list)
    count: int = 0
    more: bool = False


@dataclass
class Preview:
    """sheets, and the counts of the rows looked at."""

    sheets: list[PreviewSheet]
    tally: Tally

    @property
    def count(self) -> int:
        return sum(sheet.count for sheet in self.sheets)

    @property
    def more(self) -> bool:
        return any(sheet.more for sheet in self.sheets)


def preview_of(request: TableRequest, path: Path) -> Preview:
    """Look at the first rows of every table of a request.

    Args:
        path: the request's blank, in clear.
    """
    book, tally, shown = Book(path, request.file_name), Tally(), []
    for sheet in composing.sheets_of(request, book, unmasked=False):
        heads = [(letters(spec.column), spec.header) for spec in sheet.specs]
        page = PreviewSheet(sheet.found.page.name, heads)
        rows = sheet.rows()
        for subject, cells in islice(rows, COUNTED):
            composing.note(sheet, tally, subject, cells)
            page.count += 1
            if len(page.rows) < SHOWN:
                page.rows.append(list(_texts(sheet.specs, cells)))
        page.more = next(rows, None) is not None
        tally.columns += sheet.tally
        shown.append(page)
    return Preview(shown, tally)


def _texts(specs: list[Spec], cells: list[Any]) -> Iterator[str]:
    """A screen shows names and addresses masked too."""
    for spec, cell in zip(specs, cells, strict=True):
        fact = facts().get(spec.meaning.code)
        mask = _MASKS.get(fact.kind) if fact else None
        value = cell.value
        if isinstance(value, date):
            yield f"{value:%Y-%m}" if spec.meaning.code == "birth" else value.isoformat()
        else:
            yield mask(str(value)) if mask and value and spec.meaning.kind == "fact" else str(value)
