"""The list of workbooks, and how a table is written down."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter

from tests.ledgers.expected import Expected
from tests.ledgers.people import Someone

Builder = Callable[[Path], Path]
BOOKS: dict[str, tuple[Builder, Expected]] = {}


def book(expected: Expected) -> Callable[[Builder], Builder]:
    """Register a builder with what must be found in its file."""

    def keep(builder: Builder) -> Builder:
        BOOKS[builder.__name__] = (builder, expected)
        return builder

    return keep


def write(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def write_csv(path: Path, rows: Sequence[Sequence[object]], encoding: str, delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def line(number: int, one: Someone) -> list[object]:
    return [number, one.name, one.sex, one.id_no, one.phone, one.home]
