"""Counts go along with the cases; a recount says whether they are still the sum of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Substr

from wangge.lib.bulk import write_rows

from ..models import Case, MonthTally, Tally
from ..queries.tallies import COMMUNITY, TOWN, Key, by_month, counted

Odd = dict[tuple[str, *Key], tuple[int, int]]
PIECE = 2000
KEPT: dict[str, tuple[type[Tally | MonthTally], str]] = {
    "day": (Tally, "day"),
    "month": (MonthTally, "month"),
}
_UPSERT = (
    "INSERT INTO {table} ({day}, area_code, system, kind, measure, rows) VALUES {values} "
    "ON CONFLICT (area_code, {day}, system, kind, measure) "
    "DO UPDATE SET rows = {table}.rows + excluded.rows"
)


def shift(before: Counter[Key], after: Counter[Key]) -> None:
    """Add what a case counts for now and take away what it counted for. In one order everywhere, so that two
    writers never wait for each other."""
    change = {key: after[key] - before[key] for key in before.keys() | after.keys()}
    add({key: times for key, times in change.items() if times})


def add(change: dict[Key, int]) -> None:
    """Add to the kept counts, of months first: who waits there holds no day that another needs."""
    months = {**by_month(change, TOWN), **by_month(change, COMMUNITY)}  # "|" would leave out the negative
    _add("month", {key: times for key, times in months.items() if times})
    _add("day", change)


def _add(span: str, change: Mapping[Key, int]) -> None:
    table, day = KEPT[span][0]._meta.db_table, KEPT[span][1]
    lines = sorted((key[1], key[0], *key[2:], times) for key, times in change.items())
    for at in range(0, len(lines), PIECE):
        piece = lines[at : at + PIECE]
        values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(piece))
        told: list[Any] = [value for area, day, *rest in piece for value in (day, area, *rest)]
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT.format(table=table, day=day, values=values), told)


def summed(cases: Iterable[Case]) -> Counter[Key]:
    """What these cases count for together."""
    total: Counter[Key] = Counter()
    for case in cases:
        total.update(counted(case))
    return total


def recount(*, repair: bool = False) -> Odd:
    """Compare the kept counts with the rows: what differs, as ("day" or "month", *key) -> (kept, counted).
    With ``repair`` they are written anew. One community after the other, while nobody writes cases."""
    odd: Odd = {}
    for area in sorted(_areas()):
        odd |= _recounted(area, repair)
    return odd | _towns_recounted(repair)


def _areas() -> set[str]:
    """The communities of cases and of counts; towns and the district too, where one lies in no community."""
    found: set[str] = set()
    for rows in (Case._base_manager, Tally._base_manager, MonthTally._base_manager.filter(digits=COMMUNITY)):
        codes = rows.order_by().annotate(at=Substr("area_code", 1, COMMUNITY))
        found.update(codes.values_list("at", flat=True).distinct())
    return found


@transaction.atomic
def _recounted(area: str, repair: bool) -> Odd:
    _alone()
    rows = _inside(Case, area).defer("title", "words", "address", "data", "reporter_sealed")
    true = summed(rows.iterator(chunk_size=PIECE))
    months = by_month(true, COMMUNITY)
    return _settled("day", _kept("day", area), true, repair) | _settled(
        "month", _kept("month", area), months, repair
    )


@transaction.atomic
def _towns_recounted(repair: bool) -> Odd:
    """Towns are the sums of their communities, which were looked at before."""
    _alone()
    towns = by_month(_kept("month", "", digits=COMMUNITY), TOWN)
    return _settled("month", _kept("month", "", digits=TOWN), towns, repair)


def _alone() -> None:
    """Nobody writes cases until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE cases_case, cases_tally, cases_monthtally IN SHARE MODE")


def _settled(span: str, kept: Counter[Key], true: Counter[Key], repair: bool) -> Odd:
    wrong = {key: (kept[key], true[key]) for key in kept.keys() | true.keys() if kept[key] != true[key]}
    if repair:
        _write(span, {key: is_ for key, (_was, is_) in wrong.items() if key not in kept})
        _add(span, {key: is_ - was for key, (was, is_) in wrong.items() if key in kept})
    return {(span, *key): both for key, both in wrong.items()}


def _write(span: str, counts: Mapping[Key, int]) -> None:
    """Counts that were not kept at all."""
    model, day = KEPT[span]
    names = (day, "area_code", "system", "kind", "measure", "rows")
    lines = [(*key, times) for key, times in sorted(counts.items())]
    write_rows(model, dict(zip(names, map(list, zip(*lines, strict=True)), strict=True)) if lines else {})


def _inside(model: type[Any], area: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._base_manager.filter(area_code__startswith=area)
    return rows


def _kept(span: str, area: str, **more: int) -> Counter[Key]:
    model, day = KEPT[span]
    columns = (day, "area_code", "system", "kind", "measure", "rows")
    kept: Counter[Key] = Counter()
    for *key, rows in _inside(model, area).filter(**more).values_list(*columns).iterator():
        kept[tuple(key)] = rows
    return kept
