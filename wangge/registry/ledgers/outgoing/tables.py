"""Plain tables of numbers as a workbook: one sheet a table, who made it and when on top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

NumberTable = tuple[str, Sequence[str], Sequence[tuple[str, Sequence[int]]]]


def write_tables(path: Path, notes: Sequence[str], tables: Sequence[NumberTable]) -> int:
    """Write the tables (title, heads, lines of a label and numbers); returns the number of lines."""
    book = xlsxwriter.Workbook(str(path))
    bold = book.add_format({"bold": True, "bg_color": "#DCEBEE", "border": 1})
    for title, heads, lines in tables:
        sheet = book.add_worksheet(title[:31])
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, len(heads), 12)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for row, note in enumerate(notes):
            sheet.write_string(row, 0, note)
        top = len(notes)
        for column, head in enumerate(heads):
            sheet.write_string(top, column, head, bold)
        for row, (label, numbers) in enumerate(lines, top + 1):
            sheet.write_string(row, 0, label)
            for column, number in enumerate(numbers, 1):
                sheet.write_number(row, column, number)
        sheet.freeze_panes(top + 1, 1)
    book.close()
    return sum(len(lines) for _title, _heads, lines in tables)
