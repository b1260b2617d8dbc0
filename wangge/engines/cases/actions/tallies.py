"""Counts go along with the cases; a recount says whether they are still the sum of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from wangge.lib.scoping import prefix_filter

from ..models import Case, MonthTally, Tally
from ..queries.tallies import Key, counted

PIECE = 2000
_UPSERT = (
    "INSERT INTO {table} ({time}, area_code, system, kind, measure, rows) VALUES {values} "
    "ON CONFLICT ({time}, area_code, system, kind, measure) "
    "DO UPDATE SET rows = {table}.rows + excluded.rows"
)
DAYS, MONTHS = ("cases_tally", "day"), ("cases_monthtally", "month")
ALL = (Case, Tally, MonthTally)


def shift(before: Counter[Key], after: Counter[Key]) -> None:
    """Add what a case counts for now and take away what it counted for. In one order everywhere, so that two
    writers never wait for each other."""
    change = {key: after[key] - before[key] for key in before.keys() | after.keys()}
    add({key: times for key, times in change.items() if times})


def add(change: Mapping[Key, int]) -> None:
    """Add to the kept counts, of months first: who waits there holds no day that another needs."""
    _write(MONTHS, by_month(change, MonthTally.TOWN) | by_month(change, MonthTally.COMMUNITY))
    _write(DAYS, change)


def by_month(change: Mapping[Key, int], digits: int) -> dict[Key, int]:
    """The same by months and areas of so many digits; what comes to nothing is left out."""
    found: Counter[Key] = Counter()
    for (day, area, system, kind, measure), times in change.items():
        found[day.replace(day=1), area[:digits], system, kind, measure] += times
    return {key: times for key, times in found.items() if times}


def _write(where: tuple[str, str], change: Mapping[Key, int]) -> None:
    lines = sorted((key[1], key[0], *key[2:], times) for key, times in change.items())
    for at in range(0, len(lines), PIECE):
        piece = lines[at : at + PIECE]
        values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(piece))
        told: list[Any] = [value for area, day, *rest in piece for value in (day, area, *rest)]
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT.format(table=where[0], time=where[1], values=values), told)


def summed(cases: Iterable[Case]) -> Counter[Key]:
    """What these cases count for together."""
    total: Counter[Key] = Counter()
    for case in cases:
        total.update(counted(case))
    return total


@transaction.atomic
def recount(*, repair: bool = False) -> dict[Key, tuple[int, int]]:
    """Compare the kept counts with the rows: what differs, as (kept, counted); counts of months have
    "/month" behind their measure. With ``repair`` they are written anew. Community by community, so that a
    district of any size fits into memory."""
    odd: dict[Key, tuple[int, int]] = {}
    towns: Counter[Key] = Counter()
    for place in _places():
        inside = prefix_filter("area_code", place)
        days = summed(Case._base_manager.filter(inside).iterator(chunk_size=PIECE))
        odd |= _settled(DAYS, _compared(Tally, "day", inside, days), repair)
        there = _compared(MonthTally, "month", inside, Counter(by_month(days, MonthTally.COMMUNITY)))
        odd |= _settled(MONTHS, there, repair)
        towns.update(by_month(days, MonthTally.TOWN))
    return odd | _settled(MONTHS, _compared(MonthTally, "month", Q(digits=MonthTally.TOWN), towns), repair)


def _places() -> list[str]:
    """Communities that anything is counted for."""
    codes = (model._base_manager.values_list("area_code", flat=True).distinct() for model in ALL)
    return sorted(
        {code[: MonthTally.COMMUNITY] for each in codes for code in each if len(code) >= MonthTally.COMMUNITY}
    )


def _settled(
    where: tuple[str, str], odd: dict[Key, tuple[int, int]], repair: bool
) -> dict[Key, tuple[int, int]]:
    if repair:
        _write(where, {key: now - kept for key, (kept, now) in odd.items()})
    if where is DAYS:
        return odd
    return {(*key[:4], f"{key[4]}/month"): told for key, told in odd.items()}


def _compared(model: Any, time: str, inside: Q, true: Counter[Key]) -> dict[Key, tuple[int, int]]:
    kept: Counter[Key] = Counter()
    columns = (time, "area_code", "system", "kind", "measure", "rows")
    for *key, rows in model._base_manager.filter(inside).values_list(*columns).iterator():
        kept[tuple(key)] = rows
    return {key: (kept[key], true[key]) for key in kept.keys() | true.keys() if kept[key] != true[key]}
