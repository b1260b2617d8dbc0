"""Tables of whistles as workbooks: who took them and when on top and at the foot of each page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import override

from wangge.lib.figures import Period, Share
from wangge.lib.workbooks import write_book

from ..enums import CLOCKS
from ..reading.departments import Line as Department
from ..reading.lines import Line, UnitLine
from ..reading.rates import Late
from ..reading.rates import Line as Street

HEADS = (
    "编号", "事由", "为什么吹哨", "哪一种哨", "状态", "区域", "地点", "吹哨", "单位", "牵头",
    "签收", "签收期限", "联系", "联系期限", "到场", "到场期限", "离现场（米）",
)  # fmt: skip
DEPARTMENT_HEADS = (
    "单位", "被叫", "签收到期", "按时签收", "按时签收%", "联系到期", "按时联系", "按时联系%", "到场到期",
    "按时到场", "按时到场%", "晚到或没到", "评价数", "响应", "态度", "结果", "得分",
)  # fmt: skip
STREET_HEADS = ("镇街", "吹哨", "其他事项", "吹哨率%", "提示")
LATE_HEADS = ("单位", "到场到期", "晚到或没到", "晚到%", "提示")


def _book(
    taker: str, title: str, sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[object]]]],
    notes: Sequence[str] = (),
) -> bytes:  # fmt: skip
    stream = io.BytesIO()
    mark = f"{title}　{taker} {timezone.localtime():%Y-%m-%d %H:%M:%S} 导出 仅限工作使用"
    write_book(stream, mark, sheets, notes)
    return stream.getvalue()


def whistle_book(taker: str, lines: Iterable[Line]) -> bytes:
    """Whistles, a line a unit; nobody's name."""
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        rows = [[*_whistle(line), *_unit(unit)] for line in lines for unit in line.units]
        return _book(taker, "吹哨清单", [("吹哨清单", HEADS, rows)])


def _whistle(line: Line) -> list[object]:
    case = line.case
    return [
        case.number, case.title, line.kind, line.level, line.state, line.area, case.address,
        _moment(case.raised_at),
    ]  # fmt: skip


def _unit(line: UnitLine) -> list[object]:
    cells: list[object] = [line.unit.name, "是" if line.lead else ""]
    for cell in line.cells:
        cells += [_moment(cell.at), _moment(cell.due)]
    if line.call is None:
        return [*cells, *[""] * 7]
    return [*cells, "" if line.call.metres is None else line.call.metres]


def department_book(
    taker: str, period: Period, where: str, lines: Sequence[Department], total: Department
) -> bytes:
    """部门报到评价: a line a unit, all of them on top."""
    with override("zh-hans"):
        rows = [["合计", *_department(total)], *([line.unit.name, *_department(line)] for line in lines)]
        title = f"部门报到评价 {where} {period.since.isoformat()}—{period.until.isoformat()}"
        notes = ("得分是响应、态度、结果三项平均分的平均；评价少于 3 个的不宜比较。",)
        return _book(taker, title, [("部门报到评价", DEPARTMENT_HEADS, rows)], notes)


def _department(line: Department) -> list[object]:
    cells: list[object] = [line.called]
    for clock in CLOCKS:
        share = line.shares[clock]
        cells += [share.whole, share.part, _percent(share)]
    mean = line.mean
    scores = (mean.response, mean.attitude, mean.result, mean.whole)
    return [*cells, line.late, mean.number, *("—" if one is None else round(one, 2) for one in scores)]


def rate_book(
    taker: str, period: Period, lines: Sequence[Street], total: Share, late: Sequence[Late]
) -> bytes:
    """吹哨率: streets on one sheet, units that are late too often on the other."""
    with override("zh-hans"):
        rows = [["合计", total.part, total.whole, _percent(total), ""]]
        rows += [[one.name, one.share.part, one.share.whole, _percent(one.share), one.why] for one in lines]
        units = [
            [one.unit.name, one.share.whole, one.share.part, _percent(one.share), one.why] for one in late
        ]
        sheets = [("吹哨率", STREET_HEADS, rows), ("经常迟到的单位", LATE_HEADS, units)]
        return _book(taker, f"吹哨率 {period.since:%Y-%m}", sheets)


def _percent(share: Share) -> object:
    return "—" if share.percent is None else round(share.percent, 2)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
