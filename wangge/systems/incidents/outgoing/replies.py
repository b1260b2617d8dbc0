"""Answers to 12345 orders as a workbook, for return to the hotline."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Step
from wangge.engines.cases.queries import procedure_of
from wangge.lib.workbooks import write_book

from ..models import HotlineOrder

RATED = {1: "不满意", 2: "基本满意", 3: "满意"}
HEADS = (
    "工单编号", "事项编号", "办理状态", "承办单位", "答复内容", "答复时间", "办结时间", "是否超时", "满意度",
    "是否解决",
)  # fmt: skip
DAY = "%Y-%m-%d %H:%M"


def replies_book(orders: Sequence[HotlineOrder], answers: dict[int, Step], watermark: str) -> bytes:
    """The workbook; who called is not in it, the hotline knows."""
    stream = io.BytesIO()
    rows = [_row(order, answers.get(order.case_id)) for order in orders]
    write_book(stream, watermark, [(_("12345 答复"), HEADS, rows)])
    return stream.getvalue()


def _row(order: HotlineOrder, answer: Step | None) -> Sequence[object]:
    case = order.case
    solved: dict[bool | None, str] = {True: "是", False: "否"}
    return (
        order.number, case.number, procedure_of(case).state(case.state).name,
        case.unit.name if case.unit else "", answer.words if answer else "",
        timezone.localtime(answer.at).strftime(DAY) if answer else "",
        timezone.localtime(case.closed_at).strftime(DAY) if case.closed_at else "",
        "是" if case.late else "否", RATED.get(case.rating or 0, ""), solved.get(case.solved, ""),
    )  # fmt: skip
