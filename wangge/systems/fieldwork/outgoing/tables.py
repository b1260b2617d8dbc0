"""Tables of the field work as workbooks: who took them and when on top and at the foot of each page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from wangge.lib.workbooks import write_book

HEADS = ("网格", "代码", "类别", "任务", "缘由", "网格员", "开始", "截止", "状态", "完成时间", "备注")


def workbook(
    taker: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> bytes:
    """One sheet.

    Args:
        taker: the account that takes it. notes: lines below the table.
    """
    stream = io.BytesIO()
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        mark = f"{title}　{taker} {timezone.localtime():%Y-%m-%d %H:%M:%S} 导出 仅限工作使用"
        write_book(stream, mark, [(title, heads, rows)], notes)
    return stream.getvalue()


def duty_book(taker: str, title: str, lines: Iterable[tuple[Any, str, str, str]]) -> bytes:
    """Duties, each with title, reason and the name of its grid. It says where and what; it names nobody who
    is looked after."""
    return workbook(taker, title, HEADS, (_cells(*line) for line in lines))


def _cells(duty: Any, title: str, why: str, place: str) -> list[str]:
    done = f"{timezone.localtime(duty.done_at):%Y-%m-%d %H:%M}" if duty.done_at else ""
    return [
        place, duty.area_code, str(duty.get_kind_display()), title, why,
        duty.worker.name if duty.worker else "", duty.begins_on.isoformat(), duty.due_on.isoformat(),
        str(duty.get_state_display()), done, duty.words,
    ]  # fmt: skip
