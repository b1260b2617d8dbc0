"""Counts go along with the cases; a recount says whether they are still the sum of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from ..models import Case, Tally
from ..queries.tallies import Key, counted

PIECE = 2000
_UPSERT = (
    "INSERT INTO cases_tally (day, area_code, system, kind, measure, rows) VALUES {values} "
    "ON CONFLICT (area_code, day, system, kind, measure) "
    "DO UPDATE SET rows = cases_tally.rows + excluded.rows"
)


def shift(before: Counter[Key], after: Counter[Key]) -> None:
    """Add what a case counts for now and take away what it counted for. In one order everywhere, so that two
    writers never wait for each other."""
    change = {key: after[key] - before[key] for key in before.keys() | after.keys()}
    add({key: times for key, times in change.items() if times})


def add(change: dict[Key, int]) -> None:
    """Add to the kept counts."""
    lines = sorted((key[1], key[0], *key[2:], times) for key, times in change.items())
    for at in range(0, len(lines), PIECE):
        piece = lines[at : at + PIECE]
        values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(piece))
        told: list[Any] = [value for area, day, *rest in piece for value in (day, area, *rest)]
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT.format(values=values), told)


def summed(cases: Iterable[Case]) -> Counter[Key]:
    """What these cases count for together."""
    total: Counter[Key] = Counter()
    for case in cases:
        total.update(counted(case))
    return total


@transaction.atomic
def recount(*, repair: bool = False) -> dict[Key, tuple[int, int]]:
    """Compare the kept counts with the rows: what differs, as (kept, counted). With ``repair`` they are
    written anew."""
    true = summed(Case._base_manager.iterator(chunk_size=PIECE))
    kept: Counter[Key] = Counter()
    columns = ("day", "area_code", "system", "kind", "measure", "rows")
    for *key, rows in Tally._base_manager.values_list(*columns).iterator():
        kept[tuple(key)] = rows
    odd = {key: (kept[key], true[key]) for key in kept.keys() | true.keys() if kept[key] != true[key]}
    if repair and odd:
        add({key: counted_ - kept_ for key, (kept_, counted_) in odd.items()})
    return odd
