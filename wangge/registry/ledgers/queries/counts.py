"""Numbers of ledgers as they were counted, and as they are counted now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.foundation.territory.queries import Counts
from wangge.lib.scoping import prefix_of
from wangge.registry.ledgers.models import LedgerCount
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS, Ledger
from wangge.registry.ledgers.outgoing.conditions import Moment
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Selection
from wangge.registry.people.queries import grid_of_tie

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


def counts_at(area: str, moment: Moment, ledgers: Iterable[Ledger]) -> dict[str, Counter[str]]:
    """The persons of ledgers at a moment, counted now from the ties, by ledger and area code: down to grids
    inside a community, whose rest in no known grid stands under its code with 000 behind it; else down to
    communities."""
    limits = limits_on(moment.day)
    levels = _levels_and_rest if _small(area) else _communities
    return {ledger.code: count_by_area(Selection(ledger, area, moment, limits), levels) for ledger in ledgers}


def _small(area: str) -> bool:
    return len(prefix_of(area)) >= 12


def _communities(code: str) -> list[str]:
    return levels_of(code[:12])


def _levels_and_rest(code: str) -> list[str]:
    return [*levels_of(code), f"{code}000"] if len(code) == 12 else levels_of(code)


def lines_at(
    parent: str, moment: Moment, counted: Mapping[str, Counter[str]], ledgers: Sequence[Ledger]
) -> list[AreaLine]:
    """The next level below as it was on the day, and whatever else people stand under: one or two queries."""
    digits = {6: 9, 9: 12, 12: 15}.get(len(prefix_of(parent)), 0)
    if not digits:
        return []
    areas = {area.code: area for area in territory.children_of(parent, moment.day)}
    own = {code for numbers in counted.values() for code in numbers if len(prefix_of(code)) == digits}
    areas |= {area.code: area for area in Area.objects.filter(code__in=own - areas.keys())}
    rest = {code for code in own - areas.keys() if code.endswith("000")}
    areas |= {code: Area(code=code, name=_("未划入网格")) for code in rest}
    return [
        AreaLine(area, [counted[ledger.code].get(code, 0) for ledger in ledgers])
        for code, area in sorted(areas.items())
    ]


def count_by_area(selection: Selection, levels: Callable[[str], list[str]] | None = None) -> Counter[str]:
    """Persons of a ledger per grid, community, town and district inside the selection's area.

    Every person is counted once at each level, whatever number of homes they have there. On another day
    than today the grids of a community are those that answered for the places then.
    """
    levels = levels or levels_of
    sets: list[Any] = [rows.annotate(grid=_grid(selection)) for rows in selection.every_tie()]
    counts: Counter[str] = Counter()
    for rows in sets:
        ties = rows.order_by().values("grid").annotate(n=Count("pk"))
        for code, number in ties.values_list("grid", "n"):
            for level in levels(code):
                counts[level] += number
    for codes in _places_of(sets, _several(sets)).values():
        for level, times in Counter(level for code in codes for level in levels(code)).items():
            counts[level] -= times - 1
    return counts


def _grid(selection: Selection) -> Coalesce | F:
    # a border moves inside a town, so of a district's towns today's code tells
    if selection.is_today or len(prefix_of(selection.area_code)) < 9:
        return F("area_code")
    return grid_of_tie(selection.moment.day, selection.moment.known_at)


def _several(sets: list[Any]) -> set[int]:
    """Persons who qualify by more than one tie."""
    first, *more = [rows.order_by().values_list("person_id") for rows in sets]
    once: set[int] = set()
    several: set[int] = set()
    for (person,) in first.union(*more, all=True).iterator():
        (several if person in once else once).add(person)
    return several


def _places_of(sets: list[Any], people: set[int]) -> dict[int, list[str]]:
    places: dict[int, list[str]] = {}
    wanted = sorted(people)
    for start in range(0, len(wanted), AT_ONCE):
        for rows in sets:
            pairs = rows.filter(person_id__in=wanted[start : start + AT_ONCE]).values_list(
                "person_id", "grid"
            )
            for person, code in pairs:
                places.setdefault(person, []).append(code)
    return places


def levels_of(code: str) -> list[str]:
    """The area itself and the areas above it: grid, community, town, district."""
    full = [code] if len(code) == 15 else []
    base = code[:12]
    return [*full, *dict.fromkeys([base, f"{base[:9]}000", f"{base[:6]}000000"])]
