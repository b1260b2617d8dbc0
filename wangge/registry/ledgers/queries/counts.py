"""Numbers of ledgers as they were counted, and as they are counted now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from wangge.foundation.territory.models import Area
from wangge.foundation.territory.queries import Counts
from wangge.registry.ledgers.models import LedgerCount
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS
from wangge.registry.ledgers.outgoing.selection import Selection
from wangge.registry.people.models import Tie

AT_ONCE = 5_000
MAIN = [ledger for ledger in LEDGERS if ledger.main]


@dataclass(frozen=True)
class Counted:
    """A number and when it was counted."""

    count: int
    as_of: datetime


def stored_counts(area_code: str) -> dict[str, Counted]:
    """The numbers of every ledger of one area, by ledger; what was never counted is not there."""
    rows = LedgerCount.objects.filter(area_code=area_code).values_list("ledger", "count", "as_of")
    return {ledger: Counted(count, as_of) for ledger, count, as_of in rows}


def columns_beside_areas(codes: Sequence[str]) -> Counts:
    """The stored numbers of the main ledgers for the pages of areas; one query."""
    rows = LedgerCount.objects.filter(area_code__in=codes, ledger__in=[one.code for one in MAIN])
    numbers: dict[str, dict[str, int]] = {}
    times = []
    for area, ledger, count, as_of in rows.values_list("area_code", "ledger", "count", "as_of"):
        numbers.setdefault(ledger, {})[area] = count
        times.append(as_of)
    return Counts(numbers, min(times, default=None))


@dataclass(frozen=True)
class AreaLine:
    """One area below with its numbers; None = never counted."""

    area: Area
    counts: list[int | None]


def counts_below(parent: str, ledgers: Iterable[str]) -> list[AreaLine]:
    """The next level below the area of this code with the numbers of these ledgers: two queries."""
    below = list(Area.objects.filter(parent_id=parent, valid_to=None).order_by("code"))
    rows = LedgerCount.objects.filter(area_code__in=[area.code for area in below])
    found = {
        (area, ledger): count for area, ledger, count in rows.values_list("area_code", "ledger", "count")
    }
    wanted = list(ledgers)
    return [AreaLine(area, [found.get((area.code, ledger)) for ledger in wanted]) for area in below]


def count_by_area(selection: Selection) -> Counter[str]:
    """Persons of a ledger per grid, community, town and district inside the selection's area.

    Every person is counted once at each level, whatever number of homes they have there.
    """
    sets = selection.every_tie()
    counts: Counter[str] = Counter()
    for rows in sets:
        ties = rows.order_by().values("area_code").annotate(n=Count("pk"))
        for code, number in ties.values_list("area_code", "n"):
            for level in levels_of(code):
                counts[level] += number
    for codes in _places_of(sets, _several(sets)).values():
        for level, times in Counter(level for code in codes for level in levels_of(code)).items():
            counts[level] -= times - 1
    return counts


def _several(sets: list[QuerySet[Tie]]) -> set[int]:
    """Persons who qualify by more than one tie."""
    first, *more = [rows.order_by().values_list("person_id") for rows in sets]
    once: set[int] = set()
    several: set[int] = set()
    for (person,) in first.union(*more, all=True).iterator():
        (several if person in once else once).add(person)
    return several


def _places_of(sets: list[QuerySet[Tie]], people: set[int]) -> dict[int, list[str]]:
    places: dict[int, list[str]] = {}
    wanted = sorted(people)
    for start in range(0, len(wanted), AT_ONCE):
        for rows in sets:
            pairs = rows.filter(person_id__in=wanted[start : start + AT_ONCE]).values_list(
                "person_id", "area_code"
            )
            for person, code in pairs:
                places.setdefault(person, []).append(code)
    return places


def levels_of(code: str) -> list[str]:
    """The area itself and the areas above it: grid, community, town, district."""
    full = [code] if len(code) == 15 else []
    base = code[:12]
    return [*full, *dict.fromkeys([base, f"{base[:9]}000", f"{base[:6]}000000"])]
