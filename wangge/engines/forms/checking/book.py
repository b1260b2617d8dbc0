"""The sheets of a form's workbook as rows of text, each cell with its place."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from wangge.lib import sheets

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 5_000


class NotABook(Exception):
    """Not a workbook we open; ``code`` is a fault's."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass
class Row:
    """One row: its number in Excel and its cells by column name."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass
class Sheet:
    """A sheet: the letter of each column by its name, and the rows that hold anything."""

    letters: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def letter(self, *names: str) -> str:
        return next((self.letters[name] for name in names if name in self.letters), "")


def read_book(content: bytes) -> dict[str, Sheet]:
    """Sheets by lower-case name.

    Raises:
        NotABook: too big, packed beyond reason, or not a workbook.
    """
    if len(content) > MOST_BYTES or _is_too_much(content):
        raise NotABook("too_big")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name.strip().lower(): _sheet(book, name) for name in book.sheet_names}
    except (CalamineError, PasswordError, ValueError, OSError) as error:
        raise NotABook("not_a_book") from error


def _is_too_much(content: bytes) -> bool:
    try:
        return sheets.unpacked_size(content) > MOST_UNPACKED or sheets.is_scattered(content)
    except sheets.FAULTS:
        return False  # .xls is not packed; anything else is refused by the reader


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
    if not grid:
        return Sheet()
    heads = [_text(cell).strip() for cell in grid[0]]
    return Sheet({head: letter(at) for at, head in enumerate(heads) if head}, list(_rows(heads, grid)))


def _rows(heads: list[str], grid: Sequence[Sequence[object]]) -> Iterator[Row]:
    for number, line in enumerate(grid[1:], start=2):
        cells = {head: _text(cell).strip() for head, cell in zip(heads, line, strict=False) if head}
        if any(cells.values()):
            yield Row(number, cells)


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def letter(at: int) -> str:
    """The letters of a column counted from 0: A … Z, AA …"""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
