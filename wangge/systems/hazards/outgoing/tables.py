"""Tables of hazards as workbooks: who took them and when on top and at the foot of each page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from wangge.engines.cases.outgoing.book import one_sheet

from ..reading.progress import Line as DriveLine
from ..reading.progress import Report
from .lines import FirmLine, Line

HEADS = ("编号", "隐患", "类别", "级别", "状态", "区域", "地点", "发现", "期限", "超期", "销号", "来源")
DRIVE_HEADS = (
    "区域",
    "应查",
    "当日新增",
    "已查",
    "完成率%",
    "未查",
    "发现隐患",
    "当日发现",
    "现场改好",
    "未销号",
    "重大",
)
FIRM_HEADS = ("单位", "区域", "承诺书", "本月自查", "自查隐患", "未销号隐患", "上次提醒")


def hazard_book(taker: str, lines: Iterable[Line]) -> bytes:
    """Hazards: what, where, how far; nobody's name."""
    return one_sheet(taker, "隐患清单", HEADS, (_cells(line) for line in lines))


def _cells(line: Line) -> list[object]:
    case = line.case
    return [
        case.number, case.title, line.kind, line.level, line.state, line.area, case.address,
        _moment(case.raised_at), _moment(line.due), "是" if case.late else "", _moment(case.closed_at),
        str(case.get_source_display()),
    ]  # fmt: skip


def drive_book(taker: str, name: str, report: Report) -> bytes:
    """日报: a line a grid."""
    rows = [_drive("合计", report.total), *(_drive(line.name, line) for line in report.lines)]
    return one_sheet(taker, f"{name} {report.day.isoformat()} 日报", DRIVE_HEADS, rows)


def _drive(name: str, line: DriveLine) -> list[object]:
    percent = line.share.percent
    share: object = "—" if percent is None else round(percent, 2)
    return [name, line.all, line.new, line.done, share, line.left, line.found, line.found_new, line.fixed,
            line.open, line.major]  # fmt: skip


def firm_book(taker: str, month: date, lines: Iterable[tuple[FirmLine, str]]) -> bytes:
    """企业自查: a line a firm, with the name of its area."""
    rows = (
        [
            line.link.organisation.name, area, "已签" if line.pledge else "未签",
            _moment(line.check.received_at) if line.check else "未交", line.check.bad if line.check else "",
            line.open, _moment(line.link.reminded_at),
        ]
        for line, area in lines
    )  # fmt: skip
    return one_sheet(taker, f"企业自查 {month:%Y-%m}", FIRM_HEADS, rows)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
