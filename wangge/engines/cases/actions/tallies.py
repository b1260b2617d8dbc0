"""Counts go along with the cases; a recount says whether they are still the sum of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr

from wangge.lib.bulk import write_rows

from ..models import Case, MonthTally, Tally, TownTally
from ..queries.tallies import COMMUNITY, TOWN, Key, by_month, by_town, counted

Odd = dict[tuple[str, *Key], tuple[int, int]]
PIECE = 2000
KEPT: dict[str, tuple[type[Tally | MonthTally | TownTally], str]] = {
    "day": (Tally, "day"),
    "month": (MonthTally, "month"),
    "town": (TownTally, "day"),
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
    """Add to the kept counts, the widest first: who waits there holds nothing that another needs."""
    months = {**by_month(change, TOWN), **by_month(change, COMMUNITY)}  # "|" would leave out the negative
    _add("month", {key: times for key, times in months.items() if times})
    _add("town", {key: times for key, times in by_town(change).items() if times})
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
    """Compare the kept counts with the rows: what differs, as (span, *key) -> (kept, counted), the span a key
    of ``KEPT``. With ``repair`` they are written anew. One community after the other; nobody writes cases
    meanwhile."""
    odd: Odd = {}
    areas = sorted(_areas())
    for area in areas:
        odd |= _recounted(area, repair)
    found = {} if repair else dict(odd)  # else it is put right by now
    for town in sorted({area[:TOWN] for area in areas}):
        odd |= _town_recounted(town, found, repair)
    return odd


def _areas() -> set[str]:
    """The communities of cases and of counts; towns and the district too, where one lies in no community."""
    found: set[str] = set()
    for model in (Case, Tally, MonthTally, TownTally):
        codes = model._base_manager.order_by().annotate(at=Substr("area_code", 1, COMMUNITY))
        found.update(codes.values_list("at", flat=True).distinct())
    return {code if len(code) == COMMUNITY else f"{code}000" for code in found}


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
def _town_recounted(town: str, found: Odd, repair: bool) -> Odd:
    """A town is the sum of its communities, which were looked at before.

    Args:
        found: what is wrong with them still.
    """
    _alone()
    days, months = _days_of(town), _kept("month", town, digits=COMMUNITY)
    for (span, day, area, system, kind, measure), (was, is_) in found.items():
        if area.startswith(town):
            (days if span == "day" else months)[day, area, system, kind, measure] += is_ - was
    odd = _settled("month", _kept("month", town, digits=TOWN), by_month(months, TOWN), repair)
    return odd | _settled("town", _kept("town", town), by_town(days), repair)


def _days_of(town: str) -> Counter[Key]:
    """The days of its communities, already summed where the database can."""
    found: Counter[Key] = Counter()
    rows = _inside(Tally, town).order_by().values_list("day", "system", "kind", "measure")
    for day, system, kind, measure, times in rows.annotate(n=Sum("rows")).iterator():
        found[day, town, system, kind, measure] = times
    return found


def _alone() -> None:
    """Nobody writes cases until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "LOCK TABLE cases_case, cases_tally, cases_towntally, cases_monthtally IN SHARE MODE"
            )


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
