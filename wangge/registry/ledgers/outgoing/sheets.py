"""Ledger files as they leave: xlsx and CSV, streamed row by row, marked with who took them and when."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from .neutral import neutral

ROWS_PER_SHEET = 1_000_000  # a sheet holds 1,048,576; what is more goes on a further sheet, nothing is cut
SHEET_ROWS_BEFORE = 2  # the watermark and the header
_WIDE = {
    "residence": 34,
    "hukou_address": 34,
    "employer": 28,
    "id_no": 22,
    "phone": 15,
    "name": 12,
    "employer_uscc": 22,
}


@dataclass(frozen=True)
class Cover:
    """What an export says of itself. watermark: one line with user and time; notes: (head, text) on 说明."""

    title: str
    watermark: str
    notes: Sequence[tuple[str, str]]


def plain(value: object) -> object:
    """A cell as text or number; a date as YYYY-MM-DD."""
    return value.isoformat() if isinstance(value, date) else neutral(value)


def write_csv(
    path: Path, cover: Cover, heads: Sequence[str], rows: Iterable[Sequence[object]], *, count: int
) -> int:
    """Write UTF-8 with a byte-order mark, so that Excel reads Chinese; returns the rows written."""
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow([neutral(f"{cover.watermark} 共 {count} 行")])
        out.writerow(heads)
        for row in rows:
            out.writerow([_kept(plain(value)) for value in row])
            written += 1
    return written


def _kept(value: object) -> object:
    # Excel turns 18 digits into 1.23E+17 when it opens a CSV; a tab in front keeps them text.
    long_digits = isinstance(value, str) and len(value) > 11 and value[:11].isdigit()
    return f"\t{value}" if long_digits else value


class _Workbook:
    def __init__(
        self, path: Path, cover: Cover, codes: Sequence[str], heads: Sequence[str], count: int
    ) -> None:
        self.book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "tmpdir": str(path.parent),
            },
        )
        self.book.set_properties({"title": cover.title, "comments": cover.watermark})
        self.head = self.book.add_format(
            {"bold": True, "bg_color": "#DCEBEE", "border": 1, "text_wrap": True}
        )
        self.mark = self.book.add_format({"font_color": "#8A5A00", "italic": True})
        self.cover, self.codes, self.heads, self.count = cover, codes, heads, count
        self.sheets = 0

    def page(self) -> Any:
        """A further sheet with its watermark and header."""
        self.sheets += 1
        name = self.cover.title[:25] + (f"（{self.sheets}）" if self.sheets > 1 else "")
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(SHEET_ROWS_BEFORE - 1)
        sheet.set_header(f"&C{_quoted(self.cover.watermark)}")
        sheet.set_footer(f"&L{_quoted(self.cover.watermark)}&R&P / &N")
        sheet.freeze_panes(SHEET_ROWS_BEFORE, 1)
        for column, code in enumerate(self.codes):
            sheet.set_column(column, column, _WIDE.get(code, 13))
        sheet.write_string(0, 0, f"{self.cover.watermark} 共 {self.count} 行", self.mark)
        for column, head in enumerate(self.heads):
            sheet.write_string(SHEET_ROWS_BEFORE - 1, column, head, self.head)
        return sheet

    def notes(self, written: int) -> None:
        """The sheet 说明: what this is, as of when, how many rows."""
        sheet = self.book.add_worksheet("说明")
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 80)
        for row, (head, text) in enumerate([*self.cover.notes, ("行数", f"{written} 行，与登记册核对一致")]):
            sheet.write_string(row, 0, head)
            sheet.write_string(row, 1, text)


def _quoted(text: str) -> str:
    return text.replace("&", "&&")[:200]


def write_xlsx(
    path: Path,
    cover: Cover,
    codes: Sequence[str],
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    count: int,
) -> int:
    """Write an xlsx with bounded memory; returns the rows written."""
    out = _Workbook(path, cover, codes, heads, count)
    written = 0
    try:
        sheet = out.page()
        for row in rows:
            if written and written % ROWS_PER_SHEET == 0:
                sheet = out.page()
            _write_row(sheet, written % ROWS_PER_SHEET + SHEET_ROWS_BEFORE, row)
            written += 1
        out.notes(written)
    finally:
        out.book.close()
    return written


def _write_row(sheet: Any, number: int, row: Sequence[object]) -> None:
    for column, value in enumerate(row):
        if value == "" or value is None:
            continue
        cell = plain(value)
        if isinstance(cell, int | float):
            sheet.write_number(number, column, cell)
        else:
            sheet.write_string(number, column, str(cell))
