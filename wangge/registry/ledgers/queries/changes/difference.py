"""All changes of a period in one table of numbers; and the rows behind any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_of

from . import imports, people
from .period import FACTS, PEOPLE, TIES, Hit, Period
from .ties import begun, count_begun, restated

Key = tuple[str, str, int, str]  # what, field, source, area
BELOW = {6: 9, 9: 12, 12: 15, 15: 15}  # digits of an area → digits of the areas below


@dataclass
class Difference:
    """What changed: ``cells`` counts changes by what, field, source and area (as it is called today)."""

    period: Period
    cells: Counter[Key] = field(default_factory=Counter)

    @property
    def sources(self) -> list[int]:
        """The sources that said anything, the least trusted first; 0 stands for nobody written down."""
        return sorted({key[2] for key in self.cells})

    def by(self, *parts: int) -> Counter[tuple[object, ...]]:
        """Sums by these places of the key."""
        sums: Counter[tuple[object, ...]] = Counter()
        for key, number in self.cells.items():
            sums[tuple(key[part] for part in parts)] += number
        return sums

    def as_json(self) -> dict[str, object]:
        """Plain numbers: totals of people and ties, facts by what, field and source, and all by area."""
        whole = self.by(0)
        facts: dict[str, dict[str, dict[str, int]]] = {}
        for (what, name, source), number in sorted(self.by(0, 1, 2).items(), key=str):
            if what in FACTS:
                facts.setdefault(str(what), {}).setdefault(str(name), {})[str(source)] = number
        return {
            "people": {what: whole[what,] for what in PEOPLE},
            "ties": {what: whole[what,] for what in TIES},
            "facts": facts,
            "areas": {code: dict(counts) for code, counts in self.by_area().items()},
        }

    def by_area(self) -> dict[str, Counter[str]]:
        """Sums of every measure by the area below; who is in none below stands under the own code."""
        digits = BELOW[len(prefix_of(self.period.area))]
        sums: dict[str, Counter[str]] = {}
        for (what, _field, _source, area), number in self.cells.items():
            code = area[:digits]
            code = code.ljust(12, "0") if len(code) < 12 else code
            sums.setdefault(code, Counter())[what] += number
        return dict(sorted(sums.items()))


def difference(period: Period) -> Difference:
    """Count every change of the period in the area, within reach. About a dozen queries; what is large (new
    people, new ties, rows that agreed) is counted by the database, what is small is read."""
    ties = restated(period)
    cells: Counter[Key] = Counter()
    for part in (people.count_new(period), count_begun(period, ties), imports.count_confirmed(period)):
        cells.update(part)
    small = chain(ties.hits, people.merges(period), people.told(period), imports.updates(period))
    cells.update((hit.what, hit.field, hit.source, hit.area) for hit in small)
    called = _called(period)
    named: Counter[Key] = Counter()
    for (what, name, source, area), number in cells.items():
        named[what, name, source, called(area)] += number
    return Difference(period, named)


def hits_of(
    period: Period, what: str, *, name: str = "", source: int | None = None, area: str = ""
) -> Iterator[Hit]:
    """The changes behind a number, one by one.

    Args:
        name: of a fact or kind of tie; "" is any.
        area: a code below the period's, or its own for what is in none of them; "" is any.
    """
    called, rest = _called(period), area == period.area
    inside = prefix_of(area) if area else ""
    for hit in _all_of(period, what):
        if hit.what != what or (name and hit.field != name) or (source is not None and hit.source != source):
            continue
        code = called(hit.area)
        if code == area if rest else code.startswith(inside):
            yield hit._replace(area=code)


def _all_of(period: Period, what: str) -> Iterator[Hit]:
    if what == "new":
        return people.newcomers(period)
    if what == "begun":
        return begun(period, restated(period))
    if what in ("left", "died"):
        return people.told(period)
    if what in ("merged", "unmerged"):
        return people.merges(period)
    if what in FACTS:
        return chain(people.told(period), imports.updates(period), imports.confirmed(period))
    return iter(restated(period).hits)


def _called(period: Period) -> Callable[[str], str]:
    """What areas are called today: a grid that one other took over by its name, all else as it was."""
    current = set(territory.grid_codes_on(timezone.localdate(), period.area[:12]))
    known: dict[str, str] = {}

    def called(code: str) -> str:
        if len(code) < 15 or code in current:
            return code
        if code not in known:
            after = territory.successors(code)
            known[code] = after[0] if len(after) == 1 else code
        return known[code]

    return called
