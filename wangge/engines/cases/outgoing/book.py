"""The list of cases as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from wangge.lib.workbooks import write_book

HEADS = (
    "编号", "类别", "等级", "状态", "事项", "地点", "区域", "处置单位", "来源",
    "登记", "到期", "还剩", "办结", "返工",
)  # fmt: skip


def case_book(taker: str, lines: Iterable[Any], most: int = 0) -> bytes:
    """One sheet, a line a case. No reporter stands on it.

    Args:
        taker: the account that takes it. most: said below the table where there were more rows than this.
    """
    notes = [f"只导出了前 {most} 行；请缩小筛选条件再导出其余的。"] if most else []
    return one_sheet(taker, "事项清单", HEADS, (_cells(line) for line in lines), notes)


def one_sheet(
    taker: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> bytes:
    """A workbook of one sheet with its mark of who took it and when.

    Args:
        taker: the account that takes it. notes: lines below the table.
    """
    stream = io.BytesIO()
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        mark = f"{title}　{taker} {timezone.localtime():%Y-%m-%d %H:%M:%S} 导出 仅限工作使用"
        write_book(stream, mark, [(title, heads, rows)], notes)
    return stream.getvalue()


def _cells(line: Any) -> list[object]:
    case = line.case
    return [
        case.number, line.kind, line.level, line.state, case.title, case.address, line.place,
        case.unit.name if case.unit else "", str(case.get_source_display()), _at(case.raised_at),
        _at(case.due_at), line.left.words, _at(case.closed_at), case.reworked,
    ]  # fmt: skip


def _at(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
