"""Kept counts of cases, summed: whatever the number of cases, tables of counts are read (spec 4.2).

Whole months come from the counts of months, which are few; days before and after them, and whatever needs a
grid, from the counts of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr, TruncMonth
from django.utils import timezone

from wangge.engines.cases.models import MonthTally, Tally, TownTally
from wangge.lib.scoping import current_reach, prefix_of

from .asked import Asked

Sums = Mapping[str, Mapping[str, int]]  # measure -> system -> how many
Found = defaultdict[Any, dict[str, dict[str, int]]]


def sums(asked: Asked, measures: Collection[str]) -> Sums:
    """How many count, by measure and system."""
    return _summed(asked, measures, "")[""]


def sums_by_area(asked: Asked, measures: Collection[str], digits: int) -> dict[str, Sums]:
    """The same for each area whose code has so many digits, and under "" of all of them."""
    found: dict[str, Sums] = {**_summed(asked, measures, "at", digits)}
    return defaultdict(dict, found | {"": _total(found)})


def sums_by_month(asked: Asked, measures: Collection[str]) -> dict[Any, Sums]:
    """The same for each month, by its first day."""
    return {**_summed(asked, measures, "month")}


def _summed(asked: Asked, measures: Collection[str], by: str, digits: int = 0) -> Found:
    """A query for whole months and one for the days around them; the days that are still to come are taken
    away from the month of today."""
    found: Found = defaultdict(_nothing)
    cut = Substr("area_code", 1, digits) if digits else None
    level = _level(asked, digits)
    months, days = _pieces(asked, level)
    if months is not None:
        whole = MonthTally.objects.filter(asked.matters, digits=level, month__range=months)
        _add(found, whole, measures, by, cut, 1)
    for since, until, sign in days:
        table = TownTally if level == MonthTally.TOWN else Tally
        rows: QuerySet[Any] = table.objects.filter(asked.matters, day__range=(since, until))
        rows = rows.annotate(month=TruncMonth("day")) if by == "month" else rows
        _add(found, rows, measures, by, cut, sign)
    return found


def _add(found: Found, rows: QuerySet[Any], measures: Collection[str], by: str, cut: Any, sign: int) -> None:
    rows = rows.filter(measure__in=sorted(measures)).order_by()
    rows = rows.annotate(**{by: cut}) if cut is not None else rows
    for line in rows.values("system", "measure", *([by] if by else [])).annotate(n=Sum("rows")):
        found[line[by] if by else ""][line["measure"]][line["system"]] += sign * line["n"]


Days = list[tuple[date, date, int]]


def _pieces(asked: Asked, level: int) -> tuple[tuple[date, date] | None, Days]:
    """First and last whole month, and the days besides, with +1 or, to be taken away, −1."""
    since, until = asked.counted.since, asked.counted.until
    if until < since:
        return None, []
    if not level:
        return None, [(since, until, 1)]
    first, last = (since if since.day == 1 else _next(since)), until.replace(day=1)
    day, end = timedelta(days=1), _end(until)
    days: Days = []
    if until == timezone.localdate() != end:  # few are due later than today
        days.append((until + day, end, -1))
    elif until != end:
        days.append((last, until, 1))
        last = (last - day).replace(day=1)
    if first > last:
        return None, [(since, until, 1)]
    return (first, last), days if since == first else [*days, (since, first - day, 1)]


def _level(asked: Asked, digits: int) -> int:
    """By how many digits the counts of months are read: towns where they say enough, else communities; 0 is
    not at all, since grids are in the counts of days alone."""
    if asked.only:
        return 0
    prefixes = [prefix_of(asked.area)] if asked.area else list(current_reach().prefixes)
    needed = max([digits, *map(len, prefixes)])
    return next((level for level in (MonthTally.TOWN, MonthTally.COMMUNITY) if needed <= level), 0)


def _next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _end(day: date) -> date:
    return _next(day) - timedelta(days=1)


def _total(found: Mapping[Any, Sums]) -> Sums:
    total = _nothing()
    for each in found.values():
        for measure, by_system in each.items():
            for system, number in by_system.items():
                total[measure][system] += number
    return total


def _nothing() -> dict[str, dict[str, int]]:
    return defaultdict(lambda: defaultdict(int))
