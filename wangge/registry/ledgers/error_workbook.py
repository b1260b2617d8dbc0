"""The file back in its own layout, with what is wrong in one red column and on the cells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .guards import Unreadable
from .outgoing.neutral import neutral
from .reading.grid import Grid, is_blank
from .reading.header import ERROR_COLUMN, find_header
from .reading.opening import raw_grids

STYLED_ROWS = 20_000  # up to here the original is kept with its styles; beyond, rows stream
_COMMENTS = 5_000
_RED, _DARK_RED = "FFC7CE", "9C0006"
_PLAIN_NUMBER = re.compile(r"^[+\-]?[\d\s\-()./]*$")


@dataclass(frozen=True)
class CellError:
    """What is wrong where: 1-based row, 0-based source column (None = whole row), code, Chinese text."""

    sheet: str
    row: int
    column: int | None
    code: str
    message: str


def write_error_workbook(
    source: str | Path, errors: Sequence[CellError], target: str | Path, file_name: str = ""
) -> None:
    """Write `source` again to `target` (xlsx) with a red column 错误说明 and comments on the wrong cells.

    Formulas become their values, so nothing in the file runs. The result can be imported again: reading
    leaves the red column out. Raises Unreadable.
    """
    source = Path(source)
    kind, grids, *_rest = raw_grids(source, file_name or source.name)
    found = _by_sheet(errors)
    if kind in ("xlsx", "xlsm") and sum(grid.height for grid in grids) <= STYLED_ROWS:
        _mark(source, grids, found, Path(target))
    else:
        _emit(grids, found, Path(target))


@dataclass(frozen=True)
class _Marks:
    """The errors of one sheet by 1-based row."""

    rows: dict[int, list[CellError]]

    def text(self, row: int) -> str:
        return "；".join(dict.fromkeys(error.message for error in self.rows.get(row, ())))

    def cells(self) -> Iterator[tuple[int, int, str]]:
        """Each wrong cell once, with all that is wrong with it."""
        for row, errors in self.rows.items():
            for column in dict.fromkeys(e.column for e in errors if e.column is not None):
                yield row, column, "；".join(e.message for e in errors if e.column == column)


def _by_sheet(errors: Sequence[CellError]) -> dict[str, _Marks]:
    found: dict[str, _Marks] = {}
    for error in errors:
        found.setdefault(error.sheet, _Marks({})).rows.setdefault(error.row, []).append(error)
    return found


def _place(grid: Grid) -> tuple[int, int]:
    """Return the 0-based header row (-1: none) and the grid column of the red column.

    That is the old red column when there is one, else the first right of the table.
    """
    header = find_header(grid)
    row = header.rows[-1] if header and header.rows else -1
    for line in grid.head:
        for column, cell in enumerate(line):
            if str(cell).strip().startswith(ERROR_COLUMN):
                return row, column
    return row, max((len(line) for line in grid.head), default=0)


def _said(marks: _Marks, row: int, header: int) -> str:
    """What the red column says in a 0-based row; without a header every line says what it is."""
    if row == header:
        return ERROR_COLUMN
    text = marks.text(row + 1)
    return f"{ERROR_COLUMN}：{text}" if text and header < 0 else text


def _mark(source: Path, grids: list[Grid], found: dict[str, _Marks], target: Path) -> None:
    """Small workbooks keep styles, widths, merges. package.py has searched the XML for entities."""
    try:
        book = openpyxl.load_workbook(source, data_only=True, keep_links=False)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if not grids:
            raise Unreadable("corrupt", f"错误说明表写不出来：{source.suffix} 文件的格式不规范。") from error
        _emit(grids, found, target)
        return
    for grid in grids:
        sheet = book[grid.name]
        _neutralise(sheet)
        if marks := found.get(grid.name):
            _mark_sheet(sheet, grid, marks)
    book.save(target)


def _neutralise(sheet: Any) -> None:
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.value = _safe(cell.value)
                cell.data_type = "s"


def _mark_sheet(sheet: Any, grid: Grid, marks: _Marks) -> None:
    header, place = _place(grid)
    column = grid.first_column + place + 1
    fill, font = PatternFill("solid", fgColor=_RED), Font(color=_DARK_RED)
    last = max([grid.height, *marks.rows])
    for row in range(max(header, 0), last):
        cell = sheet.cell(row=row + 1, column=column)
        cell.value = _said(marks, row, header) or None
        cell.fill, cell.font, cell.alignment = fill, font, Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(column)].width = 40
    for row, place, text in marks.cells():
        cell = sheet.cell(row=row, column=place + 1)
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.fill, cell.comment = fill, Comment(text, "网格")


def _emit(grids: list[Grid], found: dict[str, _Marks], target: Path) -> None:
    """Everything else is written anew; long sheets row by row."""
    long = sum(grid.height for grid in grids) > STYLED_ROWS
    options = {
        "constant_memory": long,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        formats = {
            "red": book.add_format({"bg_color": f"#{_RED}", "font_color": f"#{_DARK_RED}"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for grid in grids:
            sheet = book.add_worksheet(grid.name[:31] or "表")
            if grid.hidden:
                sheet.hide()
            _emit_sheet(sheet, grid, found.get(grid.name, _Marks({})), formats)


def _emit_sheet(sheet: Any, grid: Grid, marks: _Marks, formats: dict[str, Any]) -> None:
    header, place = _place(grid)
    left = grid.first_column
    sheet.set_column(left + place, left + place, 40)
    wrong = {(row, column): text for row, column, text in list(marks.cells())[:_COMMENTS]}
    for number, row in enumerate(grid.rows()):
        for column, cell in enumerate(row):
            if column != place and not is_blank(cell):
                _write(sheet, number, left + column, cell, formats)
        if number >= header and marks.rows:
            sheet.write_string(number, left + place, _said(marks, number, header), formats["red"])
        for error in marks.rows.get(number + 1, ()):
            if error.column is not None and (text := wrong.pop((number + 1, error.column), "")):
                sheet.write_comment(number, error.column, text)
    # merge_range() would write rows again that have already been streamed; the list itself is all it takes.
    sheet.merge.extend(
        [r0, left + c0, r1, left + c1] for r0, c0, r1, c1 in grid.merges if (r0, c0) != (r1, c1)
    )


def _write(sheet: Any, row: int, column: int, cell: object, formats: dict[str, Any]) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, datetime.datetime):
        whole = cell.time() == datetime.time()
        sheet.write_datetime(row, column, cell, formats["date" if whole else "time"])
    elif isinstance(cell, datetime.date):
        sheet.write_datetime(row, column, cell, formats["date"])
    else:
        sheet.write_string(row, column, _safe(str(cell))[:32_767])


def _safe(text: str) -> str:
    """A phone with +86 or a lone dash is no formula and comes back unchanged; the rest is neutralised."""
    return text if _PLAIN_NUMBER.match(text) else str(neutral(text))
