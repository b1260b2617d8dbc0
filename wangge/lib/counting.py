"""Figures counted together: what is asked of one table is read once, whatever the number of areas, months and
figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Substr, TruncMonth

from .figures import Counted, Indicator, Period, Rows, Share
from .scoping import inside_any, prefix_of

GRID = 15  # digits
Numbers = Mapping[Any, int]  # area or month → how many
Found = dict[Rows, Numbers]


def shares_by_area(
    indicators: Sequence[Indicator], period: Period, area: str, digits: int
) -> list[dict[str, Share]]:
    """Each figure of the areas whose codes have so many digits inside ``area`` ("": all in reach), and under
    "" of all of it."""
    found = _counted(_sides(indicators), period, [area], lambda rows: Substr("area_code", 1, digits))
    return [_by_area(each, found) for each in indicators]


def shares_at(
    indicators: Sequence[Indicator], period: Period, areas: Iterable[str]
) -> dict[str, list[Share]]:
    """The figures of some areas; one may lie inside another."""
    areas = sorted(set(areas))
    found = _counted(_sides(indicators), period, areas, lambda rows: Substr("area_code", 1, GRID))
    return {area: [_share(each, found, prefix_of(area)) for each in indicators] for area in areas}


def shares_by_month(indicators: Sequence[Indicator], period: Period, area: str) -> list[dict[date, Share]]:
    """Each figure of every month of the period, by its first day; none of one that is not monthly."""
    sides, months = _sides(each for each in indicators if each.monthly), months_of(period)
    dated = [rows for rows in sides if isinstance(rows, Counted)]
    found = _counted(dated, period, [area], lambda rows: TruncMonth(rows.day))
    found |= {rows: _month_by_month(rows, months, area) for rows in sides if rows not in found}
    return [_by_month(each, found, months) if each.monthly else {} for each in indicators]


def months_of(period: Period) -> list[Period]:
    """The months of a period, the first and the last as far as they belong to it."""
    found, day = [], period.since
    while day <= period.until:
        after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(Period(day, min(after - timedelta(days=1), period.until)))
        day = after
    return found


def _sides(indicators: Iterable[Indicator]) -> list[Rows]:
    return list(dict.fromkeys(rows for each in indicators for rows in (*each.part, *each.whole)))


def _counted(sides: Iterable[Rows], period: Period, areas: Sequence[str], key: Callable[[Any], Any]) -> Found:
    """How many rows each side has by a key; one query for all sides of one table and column."""
    found: Found = {}
    for several in _together(sides):
        one, alone = several[0], len(several) == 1
        rows = one.of(period) if isinstance(one, Counted) and not alone else one(period)
        rows = _inside(rows, areas).annotate(counted_by=key(one))
        numbers = {
            f"n{at}": Count(Value(1), filter=None if alone else _where(each))
            for at, each in enumerate(several)
        }
        lines = list(rows.values("counted_by").annotate(**numbers))
        for at, each in enumerate(several):
            found[each] = Counter({line["counted_by"]: line[f"n{at}"] for line in lines})
    return found


def _together(sides: Iterable[Rows]) -> list[list[Rows]]:
    found: dict[Any, list[Rows]] = defaultdict(list)
    for rows in sides:
        found[(rows.table, rows.day, rows.by_now) if isinstance(rows, Counted) else rows].append(rows)
    return list(found.values())


def _where(rows: Any) -> Q | None:
    return rows.where or None


def _inside(rows: QuerySet[Any], areas: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(inside_any(areas)).order_by()


def _month_by_month(rows: Rows, months: Sequence[Period], area: str) -> Numbers:
    """One query of as many parts as there are months."""
    parts = [
        _inside(rows(month), [area])
        .annotate(counted_by=Value(at))
        .values("counted_by")
        .annotate(n=Count(Value(1)))
        for at, month in enumerate(months)
    ]
    counted = {line["counted_by"]: line["n"] for line in parts[0].union(*parts[1:], all=True)}
    return {month.since.replace(day=1): counted.get(at, 0) for at, month in enumerate(months)}


def _by_area(each: Indicator, found: Found) -> dict[str, Share]:
    part, whole = _summed(each.part, found), _summed(each.whole, found)
    shares = {key: Share(part[key], number) for key, number in whole.items() if number}
    return {**shares, "": Share(sum(part.values()), sum(whole.values()))}


def _by_month(each: Indicator, found: Found, months: Sequence[Period]) -> dict[date, Share]:
    part, whole = (
        {_first(key): number for key, number in _summed(rows, found).items()}
        for rows in (each.part, each.whole)
    )
    firsts = [month.since.replace(day=1) for month in months]
    return {first: Share(part.get(first, 0), whole.get(first, 0)) for first in firsts}


def _first(key: Any) -> date:
    """TruncMonth of a moment is a moment."""
    return key.date() if hasattr(key, "date") else key


def _share(each: Indicator, found: Found, prefix: str) -> Share:
    part, whole = (
        sum(number for code, number in _summed(rows, found).items() if code.startswith(prefix))
        for rows in (each.part, each.whole)
    )
    return Share(part, whole)


def _summed(several: tuple[Rows, ...], found: Found) -> Counter[Any]:
    total: Counter[Any] = Counter()
    for rows in several:
        total.update(found[rows])
    return total
