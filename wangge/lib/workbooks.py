"""Small workbooks as they leave: a watermark above the heads and at the foot of each printed page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sheet = tuple[str, Sequence[str], Iterable[Sequence[object]]]
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def write_book(stream: BinaryIO, watermark: str, sheets: Sequence[Sheet], notes: Sequence[str] = ()) -> None:
    """Write the sheets (name, heads, rows). Numbers stay numbers and texts stay texts: no cell of somebody's
    typing is a formula.

    Args:
        watermark: who takes it and when. notes: lines below each table.
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    grey, bold = book.add_format({"font_color": "#666666"}), book.add_format({"bold": True})
    for name, heads, rows in sheets:
        sheet = book.add_worksheet(_NOT_IN_NAMES.sub("", name)[:31] or None)
        sheet.set_footer("&C" + watermark.replace("&", "＆"))
        sheet.write_string(0, 0, watermark, grey)
        sheet.write_row(1, 0, [str(head) for head in heads], bold)
        sheet.set_column(0, max(len(heads) - 1, 0), 18)
        sheet.freeze_panes(2, 0)
        at = 2
        for at, row in enumerate(rows, 2):
            for column, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(at, column, value)
                else:
                    sheet.write_string(at, column, "" if value is None else str(value))
        for number, note in enumerate(notes, at + 2):
            sheet.write_string(number, 0, note, grey)
    book.close()


def as_file(content: bytes, name: str) -> HttpResponse:
    """The answer of a page: the file to be saved, kept by no cache on the way."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
