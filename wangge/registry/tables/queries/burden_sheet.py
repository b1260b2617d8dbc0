"""The burden meter as a workbook: the table, and the rows behind its figures. No person stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import override

from wangge.registry.ledgers.dictionary import called

from .burden import Burden, Line
from .rates import Rate, Reduction

HEADS = (
    "要表部门", "报表（张）", "填表（次）", "格数", "不问就填好", "占比", "留给手工", "重复的项", "新问的项",
    "省下（分钟）", "花掉（分钟）",
)  # fmt: skip
DASH = "—"


def write_burden(stream: BinaryIO, burden: Burden, area: str, entered: Rate, reduced: Reduction) -> None:
    """Write the workbook of a month to ``stream``."""
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        _write(xlsxwriter.Workbook(stream, {"in_memory": True}), burden, area, entered, reduced)


def _write(book: Any, burden: Burden, area: str, entered: Rate, reduced: Reduction) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#DCEBEE", "border": 1})
    lines = [[line.department or DASH, *_numbers(line)] for line in burden.lines]
    _sheet(book, bold, "减负表", HEADS, [*lines, ["合计", *_numbers(burden.total)]])
    _sheet(book, bold, "两率", ("指标", "数值", "分子", "分母"), _rates(entered, reduced))
    _sheet(book, bold, "填表明细", ("报表", "要表部门", "数据日期", "填好", "遮盖", "留空"), _fills(burden))
    _sheet(
        book, bold, "重复的项", ("项", "报表", "要表部门", "先要的报表", "先要的部门"), _duplicates(burden)
    )
    _sheet(book, bold, "新问的项", ("列", "成为", "报表", "要表部门"), _questions(burden))
    _sheet(book, bold, "说明", ("项", "内容"), _notes(burden, area, reduced))
    book.close()


def _numbers(line: Line) -> list[Any]:
    share = DASH if line.share is None else f"{line.share:.2f}%"
    minutes = [DASH if value is None else round(value, 1) for value in (line.saved, line.spent)]
    return [
        line.tables, line.fills, line.cells, line.given, share, line.by_hand, line.duplicates,
        line.questions, *minutes,
    ]  # fmt: skip


def _rates(entered: Rate, reduced: Reduction) -> list[list[Any]]:
    told = (
        ("一次录入率", entered),
        ("报表压减率（张）", reduced.tables),
        ("报表压减率（项）", reduced.items),
    )
    return [[name, str(rate), rate.part, rate.whole] for name, rate in told]


def _fills(burden: Burden) -> Iterable[list[Any]]:
    for fill in burden.total.rows.fills:
        asked = fill.request
        numbers = (fill.cells_filled, fill.cells_masked, fill.cells_empty)
        yield [asked.title, asked.department, fill.day.isoformat(), *numbers]


def _duplicates(burden: Burden) -> Iterable[list[Any]]:
    for one in burden.total.rows.duplicates:
        asked, first = one.fill.request, one.earlier
        yield [one.name, asked.title, asked.department, first.title, first.department]


def _questions(burden: Burden) -> Iterable[list[Any]]:
    for row in burden.total.rows.questions:
        yield [row.header, called(row.fact), row.title, row.department]


def _notes(burden: Burden, area: str, reduced: Reduction) -> list[list[Any]]:
    minutes = burden.minutes
    return [
        ["区域", area],
        ["月份", str(burden.month)],
        ["统计时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"],
        ["一格几分钟", minutes.per_cell if minutes.per_cell is not None else "待配置"],
        ["一次填表几分钟", minutes.per_table if minutes.per_table is not None else "待配置"],
        ["分钟数的来历", minutes.note or DASH],
        ["报表压减率对比", f"{reduced.before} 月末"],
        ["走访问新项的时间", "还没有走访记录，没有算进去"],
    ]


def _sheet(book: Any, bold: Any, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, len(heads) - 1, 16)
    sheet.freeze_panes(1, 1)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, str(value))
