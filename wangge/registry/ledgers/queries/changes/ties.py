"""Ties learned, ended, corrected and given up in a period, and who moved by them.

No row is ever rewritten: a change closes a row (``known_to``) and, at the same moment, states it anew
(``known_from``). What was closed is little; what replaced it is found beside it, and every other tie that the
register learned in the period has begun.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, QuerySet

from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Tie

from .period import Hit, Period

_COLUMNS = (
    "pk",
    "person_id",
    "kind",
    "room_id",
    "organisation_id",
    "other_id",
    "area_code",
    "valid_to",
    "known_from",
    "known_to",
    "source",
)
AT_ONCE = 500


class _Row(NamedTuple):
    pk: int
    person: int
    kind: str
    room: int | None
    organisation: int | None
    other: int | None
    area: str
    valid_to: object
    known_from: datetime
    known_to: datetime | None
    source: int

    @property
    def target(self) -> tuple[object, ...]:
        return self.person, self.kind, self.room, self.organisation, self.other


class Restated(NamedTuple):
    """hits: every change but beginnings; followers: keys of ties that only replaced others."""

    hits: list[Hit]
    followers: dict[int, _Row]


def restated(period: Period) -> Restated:
    """The ties the register gave up in the period, with what it believed instead: two queries and one per
    five hundred people whose ties changed."""
    closed = Tie.objects.filter(period.during("known_to"))
    given_up = [_Row._make(row) for row in closed.values_list(*_COLUMNS)]
    fresh = _fresh(period, sorted({row.person for row in given_up}))
    after: dict[object, list[_Row]] = defaultdict(list)
    for row in fresh:
        after[row.target, row.known_from].append(row)
    hits: list[Hit] = []
    followers: dict[int, _Row] = {}
    for row in given_up:
        found = after.get((row.target, row.known_to), [])
        followers |= {one.pk: one for one in found}
        hits += _told(row, found)
    ended: dict[int, set[object]] = defaultdict(set)
    for row in followers.values():
        if row.kind == TieKind.LIVES and row.valid_to:
            ended[row.person].add(row.target)
    hits += _moves([row for row in fresh if row.pk not in followers], ended)
    return Restated([hit for hit in hits if period.holds(hit.area)], followers)


def _fresh(period: Period, people: list[int]) -> list[_Row]:
    rows: list[_Row] = []
    for start in range(0, len(people), AT_ONCE):
        ties = Tie.objects.filter(period.during("known_from"), person__in=people[start : start + AT_ONCE])
        rows += [_Row._make(row) for row in ties.values_list(*_COLUMNS)]
    return rows


def _told(row: _Row, found: list[_Row]) -> list[Hit]:
    """What became of a tie that was given up."""

    def hit(what: str, by: _Row) -> Hit:
        return Hit(what, row.kind, by.source, by.area, row.person, row.known_to)

    if not found:
        return [hit("withdrawn", row)]
    if moved := [one for one in found if one.area != row.area and one.area[:12] == row.area[:12]]:
        return [hit("redivided", moved[0])]
    by = found[0]
    return [hit("ended" if by.valid_to and not row.valid_to else "corrected", by)]


def _moves(begun: list[_Row], ended: dict[int, set[object]]) -> list[Hit]:
    """Who left one home and took another in the period has moved, to where the other is."""
    arrived = {row.person: row for row in begun if row.kind == TieKind.LIVES and not row.valid_to}
    return [
        Hit("moved", "", row.source, row.area, person, row.known_from)
        for person, row in arrived.items()
        if ended.get(person, set()) - {row.target}
    ]


def learned(period: Period) -> QuerySet[Tie]:
    """Every tie the register learned in the period, inside the area, in reach."""
    return Tie.objects.filter(period.during("known_from"), period.inside())


def count_begun(period: Period, known: Restated) -> Counter[tuple[str, str, int, str]]:
    """Ties that began, by kind, source and area: all that were learned, less those that replaced others."""
    grouped = learned(period).order_by().values("kind", "source", "area_code").annotate(n=Count("pk"))
    counts: Counter[tuple[str, str, int, str]] = Counter()
    for kind, source, area, number in grouped.values_list("kind", "source", "area_code", "n"):
        counts["begun", kind, source, area] = number
    for row in known.followers.values():
        if period.holds(row.area):
            counts["begun", row.kind, row.source, row.area] -= 1
    return +counts


def begun(period: Period, known: Restated) -> Iterator[Hit]:
    """The ties that began, one by one, in the order they were learned."""
    rows = (
        learned(period)
        .order_by("known_from", "pk")
        .values_list("pk", "kind", "source", "area_code", "person", "known_from")
    )
    for pk, kind, source, area, person, at in rows.iterator(chunk_size=2_000):
        if pk not in known.followers:
            yield Hit("begun", kind, source, area, person, at)
