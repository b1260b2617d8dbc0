"""Reading a ledger: a page of it, its number, all of its rows for an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from wangge.foundation.territory import queries as territory
from wangge.registry.ledgers.enums import Outcome
from wangge.registry.ledgers.models import Batch, Row
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS, Ledger
from wangge.registry.ledgers.outgoing.columns import Line
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import NEVER, SORTED_HERE, SORTS, Selection, as_of
from wangge.registry.people.models import Tie

PAGE = 50
COUNTED_UP_TO = 10_000
AT_ONCE = 2_000
_TIE = ("room__building", "household", "organisation")


@dataclass
class Page:
    """Some lines of a ledger. next, previous: tie ids to go on after and before; None = there are no more."""

    lines: list[Line]
    next: int | None = None
    previous: int | None = None


def page_of(
    selection: Selection, *, after: int | None = None, before: int | None = None, size: int = PAGE
) -> Page:
    """One page of a ledger, by position and not by number, so that the last costs what the first does.

    Args:
        after, before: a tie id from an earlier page.
    """
    backwards = before is not None
    keys = _keys(selection, after if after is not None else before, backwards=backwards, size=size + 1)
    more, ids = len(keys) > size, [key[-1] for key in keys[:size]]
    if backwards:
        ids.reverse()
    first, last = (ids[0], ids[-1]) if ids else (None, None)
    return Page(
        lines=lines_of(selection, ids),
        next=last if (more or backwards) else None,
        previous=first if (more if backwards else after is not None) else None,
    )


def _keys(selection: Selection, start: int | None, *, backwards: bool, size: int) -> list[tuple]:
    """Sort keys (the last of each is the tie's id) of the rows that come next."""
    order = SORTS[selection.sort if selection.sort in selection.sorts() else "place"]
    names = [name.removeprefix("-") for name in order]
    falling = order[0].startswith("-") != backwards
    origin = _origin(start, names)
    found: list[tuple] = []
    for rows in selection.parts():
        keys = rows.values_list(*names)
        if order[0] in SORTED_HERE:
            found += keys.order_by()
            continue
        turned = [_turn(name) for name in order] if backwards else list(order)
        keys = keys.order_by(*turned)
        found += (keys.filter(_beyond(turned, origin)) if origin is not None else keys)[:size]
    if origin is not None:
        found = [key for key in found if (key < origin if falling else key > origin)]
    return sorted(found, reverse=falling)[:size]


def _origin(start: int | None, names: Sequence[str]) -> tuple | None:
    if start is None:
        return None
    return (
        Tie.objects.filter(pk=start)
        .annotate(told_at=Coalesce("confirmed_at", NEVER))
        .values_list(*names)
        .first()
    )


def _turn(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else "-" + name


def _beyond(order: Sequence[str], origin: tuple) -> Q:
    """Rows that come after ``origin`` in this order."""
    beyond, equal = Q(), Q()
    for name, value in zip(order, origin, strict=True):
        field, step = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{field}__{step}": value})
        equal &= Q(**{field: value})
    first, step = order[0].removeprefix("-"), "lte" if order[0].startswith("-") else "gte"
    return beyond & Q(
        **{f"{first}__{step}": origin[0]}
    )  # besides the exact one, a range that an index answers


def lines_of(selection: Selection, ids: Sequence[int]) -> list[Line]:
    """The lines of these ties in the order given: three queries, however many lines."""
    ties = {tie.pk: tie for tie in Tie.objects.filter(pk__in=ids).select_related("person", *_TIE)}
    found = [ties[pk] for pk in ids if pk in ties]
    others = _others(selection, [tie.person_id for tie in found], set(ties))
    lines = [Line(tie, selection.moment.day, others.get(tie.person_id, {})) for tie in found]
    names = territory.names_of(_codes(lines))
    for line in lines:
        line.areas = names
    return lines


def _others(selection: Selection, people: list[int], shown: set[int]) -> dict[int, dict[str, Tie]]:
    """The other homes, hukou and jobs of these persons at that moment, as far as the reach goes."""
    held = Tie.objects.filter(
        selection.moment.holds(), person__in=people, kind__in=("lives", "hukou", "works")
    )
    found: dict[int, dict[str, Tie]] = {}
    for tie in held.select_related(*_TIE).order_by("-pk"):
        if tie.pk not in shown:
            found.setdefault(tie.person_id, {})[tie.kind] = tie  # the first tie comes last and stays
    return found


def _codes(lines: list[Line]) -> set[str]:
    codes: set[str] = set()
    for line in lines:
        for tie in (line.tie, *line.others.values()):
            codes |= {tie.area_code, tie.area_code[:12]}
    return codes


def all_ids(selection: Selection) -> list[int]:
    """Every row of the selection in order of place: one statement, so one state of the register."""
    first, *more = [rows.order_by().values_list(*SORTS["place"]) for rows in selection.parts()]
    return [pk for _area, _person, pk in sorted(first.union(*more, all=True))]


def all_lines(selection: Selection, ids: Sequence[int]) -> Iterator[Line]:
    """The lines of an export, read a few thousand at a time."""
    for start in range(0, len(ids), AT_ONCE):
        yield from lines_of(selection, ids[start : start + AT_ONCE])


@dataclass(frozen=True)
class Number:
    """How many rows; ``more`` means at least that many."""

    value: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.value:,}+" if self.more else f"{self.value:,}"


def bounded_count(selection: Selection, limit: int = COUNTED_UP_TO) -> Number:
    """The number of rows, counted no further than ``limit``."""
    return _bounded(selection.parts(), limit)


def _bounded(parts: Sequence[QuerySet[Tie]], limit: int) -> Number:
    found = 0
    for rows in parts:
        if found <= limit:
            found += rows.order_by()[: limit + 1 - found].count()
    return Number(min(found, limit), found > limit)


def ledgers_touched(batch: Batch) -> list[tuple[Ledger, Number]]:
    """The ledgers of a batch's area in which people stand that it brought or changed, with how many."""
    moment = as_of()
    limits = limits_on(moment.day)
    people = Row.objects.filter(batch=batch, outcome__in=(Outcome.NEW, Outcome.UPDATE), person__isnull=False)
    touched = []
    for ledger in LEDGERS:
        parts = Selection(ledger, batch.area_code, moment, limits).parts()
        number = _bounded([rows.filter(person__in=people.values("person")) for rows in parts], COUNTED_UP_TO)
        if number.value:
            touched.append((ledger, number))
    return touched


def people_of(ids: Sequence[int]) -> list[tuple[int, str]]:
    """The persons of these ties with the area each tie lies in."""
    found: list[tuple[int, str]] = []
    for start in range(0, len(ids), AT_ONCE):
        rows = Tie.objects.filter(pk__in=ids[start : start + AT_ONCE])
        found += rows.values_list("person_id", "area_code")
    return found
