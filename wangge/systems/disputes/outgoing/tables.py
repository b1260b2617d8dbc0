"""Tables of disputes as workbooks: who took them and when on top and at the foot of each page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from wangge.engines.cases.outgoing.book import one_sheet

from ..reading.log_line import LogLine
from .lines import Line

HEADS = ("编号", "纠纷", "类别", "等级", "状态", "区域", "地点", "方式", "涉及人数", "承办人", "登记", "期限",
         "超时", "结案")  # fmt: skip
LOG_HEADS = ("姓名", "账号", "调解次数", "调解的纠纷", "达成协议", "回访次数")


def dispute_book(taker: str, lines: Iterable[Line]) -> bytes:
    """Disputes: what, where, how far; no party's name."""
    return one_sheet(taker, "矛盾调解清单", HEADS, (_cells(line) for line in lines))


def _cells(line: Line) -> list[object]:
    case = line.case
    return [
        case.number, case.title, line.kind, line.level, line.state, line.area, case.address, line.way,
        line.people, line.handlers, _moment(case.raised_at), _moment(line.due), "是" if case.late else "",
        _moment(case.closed_at),
    ]  # fmt: skip


def log_book(taker: str, month: str, lines: Iterable[LogLine]) -> bytes:
    """调解月志: a line a worker."""
    rows = (
        [line.name, line.account, line.sessions, line.disputes, line.agreed, line.visits] for line in lines
    )
    note = "调解次数：当月作为调解人参加的调解；达成协议：其中当月签了协议的纠纷；回访次数：当月记的回访。"
    return one_sheet(taker, f"调解月志 {month}", LOG_HEADS, rows, [note])


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
