"""Ledger files as they leave: xlsx and CSV, streamed row by row, marked with who took them and when.

The workbook itself (styles, header, page set-up, 说明) is xlsxwriter's. Its rows are written here, as the
same XML: a district has twenty million cells, and a call for each costs more than reading the register.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from .neutral import neutral

ROWS_PER_SHEET = 1_000_000  # a sheet holds 1,048,576; what is more goes on a further sheet, nothing is cut
SHEET_ROWS_BEFORE = 2  # the watermark and the header
AT_ONCE = 500  # rows written to the file together
REMEMBERED = 200_000  # cells of a sheet kept at hand
_WIDE = {
    "residence": 34,
    "hukou_address": 34,
    "employer": 28,
    "id_no": 22,
    "phone": 15,
    "name": 12,
    "employer_uscc": 22,
}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # characters XML cannot hold
_SPECIAL = re.compile("[&<>\\s\x00-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT = 32_767  # characters a cell holds


@dataclass(frozen=True)
class Cover:
    """What an export says of itself. watermark: one line with user and time; notes: (head, text) on 说明."""

    title: str
    watermark: str
    notes: Sequence[tuple[str, str]]


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
            out.writerow([_csv_cell(value) for value in row])
            written += 1
    return written


def _csv_cell(value: object) -> object:
    """A cell neutralised; a date becomes YYYY-MM-DD by itself."""
    if value.__class__ is not str or not value:
        return value
    # Excel turns 18 digits into 1.23E+17 when it opens a CSV; a tab in front keeps them text.
    if len(value) > 11 and value[:11].isdigit():
        return f"\t{value}"
    return neutral(value)


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
    frame = path.with_name(path.name + ".frame")
    lines = iter(rows)
    written = 0
    try:
        sheets = _Frame(frame, cover, codes, heads, count).close()
        with ZipFile(frame) as empty, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
            for part in empty.namelist():
                with book.open(part, "w", force_zip64=True) as out:
                    if part in sheets:
                        written += _fill(out, empty.read(part), islice(lines, ROWS_PER_SHEET), len(codes))
                    else:
                        out.write(empty.read(part))
    finally:
        frame.unlink(missing_ok=True)
    return written


def _fill(out: Any, empty: bytes, rows: Iterator[Sequence[object]], width: int) -> int:
    """The sheet with these rows after its header; returns how many."""
    head, tail = empty.split(b"</sheetData>")
    head = re.sub(rb"<dimension ref=[^>]*/>", b"", head)  # optional, and not known before the end
    letters = [f'<c r="{xl_col_to_name(column)}' for column in range(width)]
    texts = _Texts()
    out.write(head)
    number = first = SHEET_ROWS_BEFORE + 1
    while part := list(islice(rows, AT_ONCE)):
        out.write(
            "".join([_row(letters, str(at), row, texts) for at, row in enumerate(part, number)]).encode()
        )
        number += len(part)
        texts.forget()
    out.write(b"</sheetData>" + tail)
    return number - first


def _row(letters: Sequence[str], number: str, row: Sequence[object], texts: _Texts) -> str:
    cells = zip(letters, row, strict=True)
    filled = [letter + number + text for letter, value in cells if (text := texts[value])]
    return f'<row r="{number}">{"".join(filled)}</row>'


class _Texts(dict[object, str]):
    """What a cell says, as XML after its address; "" for an empty one. Most cells repeat another."""

    def __missing__(self, value: object) -> str:
        made = self[value] = _cell(value)
        return made

    def forget(self) -> None:
        """Begin anew before it grows large."""
        if len(self) > REMEMBERED:
            self.clear()


def _cell(value: object) -> str:
    if value == "" or value is None:
        return ""
    if isinstance(value, int):
        return f'"><v>{value}</v></c>'
    text = value.isoformat() if isinstance(value, date) else str(neutral(value))
    if _SPECIAL.search(text) or len(text) > LONGEST_TEXT:
        return f'" t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'
    return f'" t="inlineStr"><is><t>{text}</t></is></c>'


def xml_text(text: str) -> str:
    """Text as XML holds it; characters it cannot hold are left out."""
    kept = _NO_XML.sub("", text)[:LONGEST_TEXT]
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


class _Frame:
    """The workbook without its rows: as many sheets as they need, each with watermark and header."""

    def __init__(
        self, path: Path, cover: Cover, codes: Sequence[str], heads: Sequence[str], count: int
    ) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"tmpdir": str(path.parent)})
        self.book.set_properties({"title": cover.title, "comments": cover.watermark})
        self.head = self.book.add_format(
            {"bold": True, "bg_color": "#DCEBEE", "border": 1, "text_wrap": True}
        )
        self.mark = self.book.add_format({"font_color": "#8A5A00", "italic": True})
        self.cover, self.codes, self.heads, self.count = cover, codes, heads, count

    def close(self) -> set[str]:
        """Write it; returns the names of the sheets' parts, in order of their rows."""
        sheets = max(1, -(-self.count // ROWS_PER_SHEET))
        for number in range(1, sheets + 1):
            self._sheet(number)
        self._notes()
        self.book.close()
        return {f"xl/worksheets/sheet{number}.xml" for number in range(1, sheets + 1)}

    def _sheet(self, number: int) -> None:
        sheet = self.book.add_worksheet(self.cover.title[:25] + (f"（{number}）" if number > 1 else ""))
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

    def _notes(self) -> None:
        """The sheet 说明: what this is, as of when, how many rows."""
        sheet = self.book.add_worksheet("说明")
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 80)
        notes = [*self.cover.notes, ("行数", f"{self.count} 行，与登记册核对一致")]
        for row, (head, text) in enumerate(notes):
            sheet.write_string(row, 0, head)
            sheet.write_string(row, 1, text)


def _quoted(text: str) -> str:
    return text.replace("&", "&&")[:200]
