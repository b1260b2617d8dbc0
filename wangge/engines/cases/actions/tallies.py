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
    _write(MONTHS, by_month(change))
    _write(DAYS, change)


def by_month(change: Mapping[Key, int]) -> dict[Key, int]:
    """The same by months and communities; what comes to nothing is left out."""
    found: Counter[Key] = Counter()
    for (day, area, *rest), times in change.items():
        found[(day.replace(day=1), area[:12], *rest)] += times  # type: ignore[index]
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
    for place in _places():
        odd |= _recounted(prefix_filter("area_code", place), repair)
    return odd


def _places() -> list[str]:
    codes = (model._base_manager.values_list("area_code", flat=True).distinct() for model in ALL)
    return sorted({code[:12] for each in codes for code in each})


def _recounted(inside: Q, repair: bool) -> dict[Key, tuple[int, int]]:
    days = summed(Case._base_manager.filter(inside).iterator(chunk_size=PIECE))
    odd = _compared(Tally, "day", inside, days)
    odd_months = _compared(MonthTally, "month", inside, Counter(by_month(days)))
    if repair:
        _write(DAYS, {key: now - kept for key, (kept, now) in odd.items()})
        _write(MONTHS, {key: now - kept for key, (kept, now) in odd_months.items()})
    return odd | {(*key[:4], f"{key[4]}/month"): told for key, told in odd_months.items()}


def _compared(model: Any, time: str, inside: Q, true: Counter[Key]) -> dict[Key, tuple[int, int]]:
    kept: Counter[Key] = Counter()
    columns = (time, "area_code", "system", "kind", "measure", "rows")
    for *key, rows in model._base_manager.filter(inside).values_list(*columns).iterator():
        kept[tuple(key)] = rows
    return {key: (kept[key], true[key]) for key in kept.keys() | true.keys() if kept[key] != true[key]}
