"""Blank tables as departments make them, drawn cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

THIN = Side(style="thin")
FRAME = Border(THIN, THIN, THIN, THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def title(sheet: Worksheet, text: str, width: int, row: int = 1) -> None:
    """A merged title."""
    sheet.cell(row, 1, text).font = Font(bold=True, size=18)
    sheet.cell(row, 1).alignment = CENTRE
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet.row_dimensions[row].height = 36


def header(sheet: Worksheet, row: int, columns: Sequence[str], left: int = 1) -> int:
    """A header: "组>叶" stands below a merged group; returns the last row it takes."""
    deep = max(text.count(">") for text in columns) + 1
    grid = [text.split(">") for text in columns]
    for at, parts in enumerate(grid):
        for level in range(deep):
            cell = sheet.cell(row + level, left + at)
            cell.border, cell.font, cell.alignment = FRAME, Font(bold=True), CENTRE
            cell.fill = PatternFill("solid", fgColor="DDEBF7")
        start = 0
        for level, text in enumerate(parts):
            if level and grid[at - 1][: level + 1] == parts[: level + 1]:
                continue
            if not level and at and grid[at - 1][0] == text and len(parts) > 1:
                continue
            sheet.cell(row + level, left + at, text)
            start = level
        if len(parts) < deep and start < deep - 1:
            sheet.merge_cells(
                start_row=row + len(parts) - 1,
                start_column=left + at,
                end_row=row + deep - 1,
                end_column=left + at,
            )
    _merge_groups(sheet, row, grid, left)
    return row + deep - 1


def _merge_groups(sheet: Worksheet, row: int, grid: list[list[str]], left: int) -> None:
    for level in range(max(map(len, grid)) - 1):
        start = 0
        for at in range(1, len(grid) + 1):
            same = (
                at < len(grid)
                and grid[at][: level + 1] == grid[start][: level + 1]
                and len(grid[at]) > level + 1
            )
            if not same:
                if at - start > 1 and len(grid[start]) > level + 1:
                    sheet.merge_cells(
                        start_row=row + level,
                        start_column=left + start,
                        end_row=row + level,
                        end_column=left + at - 1,
                    )
                start = at


def body(
    sheet: Worksheet, first: int, rows: int, width: int, formats: Mapping[int, str] | None = None
) -> int:
    """Framed blank rows; returns the row below the last."""
    for row in range(first, first + rows):
        sheet.row_dimensions[row].height = 24
        for column in range(1, width + 1):
            cell = sheet.cell(row, column)
            cell.border, cell.alignment = FRAME, CENTRE
            cell.number_format = (formats or {}).get(column, "General")
    return first + rows


def signature(sheet: Worksheet, row: int) -> None:
    """Who filled it, who checked it, when."""
    sheet.cell(row, 1, "填表人：")
    sheet.cell(row, 4, "审核人：")
    sheet.cell(row, 7, "填表日期：    年  月  日")


def saved(book: Workbook) -> bytes:
    """The file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same file with one more part in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, part)
    return out.getvalue()


def as_macro_workbook(content: bytes, project: bytes) -> bytes:
    """The same workbook with a macro project, as Excel stores one."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as held,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in held.namelist():
            text = held.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                ).replace(
                    b"</Types>",
                    b'<Override PartName="/xl/vbaProject.bin" '
                    b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            if name == "xl/_rels/workbook.xml.rels":
                text = text.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdVba" '
                    b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                    b'Target="vbaProject.bin"/></Relationships>',
                )
            made.writestr(name, text)
        made.writestr("xl/vbaProject.bin", project)
    return out.getvalue()


def letter(column: int) -> str:
    """A column's letter, from 1."""
    return get_column_letter(column)


def one_sheet(name: str) -> tuple[Workbook, Any]:
    """A workbook with one sheet of this name."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    return book, sheet
