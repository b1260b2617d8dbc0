"""Simple totals below a table, computed at once: who opens the file without Excel sees them too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lxml import etree

from ..recognition import Found
from ..workbook import number_of
from ..workbook.cells import tag
from .column import Spec, Value

_SIMPLE = re.compile(
    r"^(SUM|COUNT|COUNTA|AVERAGE|MAX|MIN)\(\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)\)$", re.IGNORECASE
)
_COUNTED = re.compile(
    r'^COUNTIF\(\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+),"([^"<>=*?]*)"\)$', re.IGNORECASE
)


def settle_totals(found: Found, specs: Sequence[Spec], rows: Sequence[Sequence[Value]]) -> None:
    """Give the formulas of a sheet their values where they are simple, and take old values away elsewhere."""
    columns = {spec.column: at for at, spec in enumerate(specs)}
    for formula in found.page.data.iter(tag("f")):
        cell = formula.getparent()
        if cell is None:
            continue
        for old in cell.findall(tag("v")):
            cell.remove(old)
        cell.attrib.pop("t", "")
        value = _value((formula.text or "").strip(), found, columns, rows)
        if value is not None:
            etree.SubElement(cell, tag("v")).text = f"{value:g}" if isinstance(value, float) else str(value)


def _value(
    text: str, found: Found, columns: dict[int, int], rows: Sequence[Sequence[Value]]
) -> int | float | None:
    if hit := _SIMPLE.match(text):
        cells = _cells(hit[2], hit[3], hit[4], hit[5], found, columns, rows)
        return None if cells is None else _computed(hit[1].upper(), cells)
    if hit := _COUNTED.match(text):
        cells = _cells(hit[1], hit[2], hit[3], hit[4], found, columns, rows)
        return None if cells is None else sum(str(cell) == hit[5] for cell in cells)
    return None


def _cells(
    left: str, first: str, right: str, last: str, found: Found, columns: dict[int, int],
    rows: Sequence[Sequence[Value]],
) -> list[Value] | None:  # fmt: skip
    """The values of a range in one column of ours; None for any other range."""
    column, start, end = number_of(left.upper()), int(first), int(last)
    inside = left.upper() == right.upper() and column in columns and start >= found.first
    if not inside or end < start:
        return None
    picked = rows[start - found.first : end - found.first + 1]
    return [row[columns[column]] for row in picked if row[columns[column]] not in ("", None)]


def _computed(name: str, cells: list[Value]) -> int | float | None:
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    days = sum(isinstance(cell, date) for cell in cells)
    if name == "COUNTA":
        return len(cells)
    if name == "COUNT":
        return len(numbers) + days
    if name == "SUM":
        return sum(numbers)
    if not numbers:
        return None
    return {"AVERAGE": sum(numbers) / len(numbers), "MAX": max(numbers), "MIN": min(numbers)}[name]
