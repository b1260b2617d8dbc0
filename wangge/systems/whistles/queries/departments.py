"""How each unit answers whistles: in time or not (部门按时报到率), and how it is judged (街道评价得分)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Avg, Count, QuerySet

from wangge.engines.cases.models import Unit
from wangge.lib.figures import Period, Share, within_area

from ..enums import CLOCKS
from ..reading.departments import Line, Mean
from .figures import called, due, in_time, late, scores

Rows = Callable[[Period], QuerySet[Any]]
ROWS: dict[str, Rows] = {"called": called, "late": late, "scores": scores}
ROWS |= {f"{clock}-whole": rows for clock, rows in due.items()}
ROWS |= {f"{clock}-part": rows for clock, rows in in_time.items()}


def table(period: Period, area: str) -> list[Line]:
    """A line a unit that was called, had something due or was judged; the most called first."""
    counts = {key: _counted(rows(period), area) for key, rows in ROWS.items() if key != "scores"}
    means = _means(period, area)
    keys = set(means).union(*counts.values())
    units = Unit._base_manager.in_bulk(keys)
    lines = [_line(unit, counts, means) for unit in units.values()]
    return sorted(lines, key=lambda line: (-line.called, line.unit.name))


def _line(unit: Unit, counts: dict[str, dict[int, int]], means: dict[int, Mean]) -> Line:
    def number(key: str) -> int:
        return counts[key].get(unit.pk, 0)

    shares = {clock: Share(number(f"{clock}-part"), number(f"{clock}-whole")) for clock in CLOCKS}
    return Line(unit, number("called"), shares, number("late"), means.get(unit.pk, Mean()))


def total(lines: list[Line], period: Period, area: str) -> Line:
    """All of them together."""
    shares = {
        clock: Share(
            sum(line.shares[clock].part for line in lines), sum(line.shares[clock].whole for line in lines)
        )
        for clock in CLOCKS
    }
    rows = within_area(scores(period), area)
    found = rows.aggregate(
        number=Count("pk"), response=Avg("response"), attitude=Avg("attitude"), result=Avg("result")
    )
    summed = sum(line.called for line in lines), sum(line.late for line in lines)
    return Line(Unit(), summed[0], shares, summed[1], Mean(**found))


def rows_behind(key: str, unit: int, period: Period, area: str) -> QuerySet[Any]:
    """The rows of one number: calls, or scores. ``unit`` 0 is all. Raises KeyError for no figure."""
    rows = within_area(ROWS[key](period), area)
    if not unit:
        return rows
    return rows.filter(call__unit=unit) if key == "scores" else rows.filter(unit=unit)


def _counted(rows: QuerySet[Any], area: str) -> dict[int, int]:
    found = within_area(rows, area).order_by().values("unit").annotate(n=Count("pk"))
    return {row["unit"]: row["n"] for row in found}


def _means(period: Period, area: str) -> dict[int, Mean]:
    rows = within_area(scores(period), area).order_by().values("call__unit")
    rows = rows.annotate(
        number=Count("pk"), response=Avg("response"), attitude=Avg("attitude"), result=Avg("result")
    )
    names = ("number", "response", "attitude", "result")
    return {row["call__unit"]: Mean(**{name: row[name] for name in names}) for row in rows}
