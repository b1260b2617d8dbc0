"""The figures of reporting-in as a table: one line an area below, the sum on top; and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.foundation.territory import queries as territory
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Indicator, Period, Share
from wangge.lib.scoping import current_reach, prefix_of

from .indicators import INDICATORS

BELOW = {6: 9, 9: 12, 12: 15}
NOTHING = Share(0, 0)


@dataclass(frozen=True)
class AreaLine:
    """One area with its figures, in the order of the indicators. ``code`` "" is the sum."""

    code: str
    name: str
    shares: list[Share]
    opens: bool  # whether there is a level below


@dataclass(frozen=True)
class Table:
    """The figures of ``area`` in a period; as of the moment it was made."""

    indicators: Sequence[Indicator]
    total: AreaLine
    lines: list[AreaLine]
    period: Period
    area: str


def table_of(period: Period, area: str = "", indicators: Sequence[Indicator] = INDICATORS) -> Table:
    """A few grouped queries, whatever the number of areas."""
    digits = _digits(area)
    columns = shares_by_area(indicators, period, area, digits)
    codes = _codes(area, digits) | {code for column in columns for code in column if code}
    full = {code: code if len(code) == 15 else code.ljust(12, "0") for code in codes}
    names = territory.names_of(full.values())
    lines = [
        AreaLine(
            full[code], _name(code, digits, names.get(full[code], code)),
            [column.get(code, NOTHING) for column in columns], len(code) == digits and digits < 15,
        )
        for code in sorted(codes)
    ]  # fmt: skip
    return Table(indicators, AreaLine("", "", [column[""] for column in columns], False), lines, period, area)


def _digits(area: str) -> int:
    """How long the codes below an area are; without one, below the reader's own."""
    if area:
        return BELOW.get(len(prefix_of(area)), 15)
    prefixes = current_reach().prefixes
    shortest = min((len(prefix) for prefix in prefixes if prefix), default=6)
    return BELOW.get(shortest, 15)


def _codes(area: str, digits: int) -> set[str]:
    """Every area of that level in reach, so that one without rows stands there with "—"."""
    level = {9: "town", 12: "community", 15: "grid"}[digits]
    inside = prefix_of(area)
    found = territory.areas_in_reach(level).values_list("code", flat=True)
    return {code[:digits] for code in found if code.startswith(inside)}


def _name(code: str, digits: int, name: str) -> str:
    return territory.short_name(name) if len(code) == digits else _("%(name)s（未分到下级）") % {"name": name}


def write_table(stream: BinaryIO, table: Table, where: str) -> None:
    """The table as a workbook: figures with their counts, and what each means. No person stands in it."""
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        bold = book.add_format({"bold": True, "bg_color": "#DCEBEE", "border": 1})
        heads = ["区域", "代码"]
        for each in table.indicators:
            heads += [str(each.name), f"{each.name}分子", f"{each.name}分母"]
        rows = [
            _cells("合计", "", table.total),
            *(_cells(line.name, line.code, line) for line in table.lines),
        ]
        _sheet(book, bold, "指标", heads, rows)
        told = f"{table.period.since.isoformat()} 至 {table.period.until.isoformat()}"
        notes = [
            ["区域", where],
            ["时段", told],
            ["统计到", timezone.localtime().strftime("%Y-%m-%d %H:%M")],
            *([str(each.name), str(each.meaning)] for each in table.indicators),
            ["分母为 0", "显示“—”"],
        ]
        _sheet(book, bold, "说明", ["项", "内容"], notes)
        book.close()


def _cells(name: str, code: str, line: AreaLine) -> list[Any]:
    cells: list[Any] = [name, code]
    for share in line.shares:
        cells += [str(share), share.part, share.whole]
    return cells


def _sheet(book: Any, bold: Any, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(title)
    sheet.write_row(0, 0, heads, bold)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, max(len(heads) - 1, 1), 14)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
