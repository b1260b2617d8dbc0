"""Reading a ledger: a page of it, its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from wangge.registry.ledgers.enums import Outcome
from wangge.registry.ledgers.models import Batch, Row
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS, Ledger, columns_of
from wangge.registry.ledgers.outgoing.conditions import Moment
from wangge.registry.ledgers.outgoing.limits import Limits, limits_on
from wangge.registry.ledgers.outgoing.lines import Line
from wangge.registry.ledgers.outgoing.selection import NEVER, SORTS, Selection, as_of
from wangge.registry.people.models import Person, Tie

from .lines import lines_of

PAGE = 50
COUNTED_UP_TO = 10_000


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
    if selection.sorted_here:
        found = [key for rows in selection.parts() for key in _dated(rows).order_by().values_list(*names)]
        if origin is not None:
            found = [key for key in found if (key < origin if falling else key > origin)]
        return sorted(found, reverse=falling)[:size]
    turned = [_turn(name) for name in order] if backwards else list(order)
    return _next_keys(selection.parts(), turned, origin, size=size, falling=falling)


def _next_keys(
    parts: Sequence[QuerySet[Tie]], order: Sequence[str], origin: tuple | None, *, size: int, falling: bool
) -> list[tuple]:
    """The first keys behind ``origin``. Once a part has filled the page, the parts after it are asked only
    for what comes before its last row: one that holds few people is not searched beyond the page for more."""
    back = [_turn(name) for name in order]
    found: list[tuple] = []
    for rows in parts:
        keys = rows.values_list(*[name.removeprefix("-") for name in order]).order_by(*order)
        if origin is not None:
            keys = keys.filter(_beyond(order, origin))
        if len(found) == size:
            keys = keys.filter(_beyond(back, found[-1]))
        found = sorted([*found, *keys[:size]], reverse=falling)[:size]
    return found


def _origin(start: int | None, names: Sequence[str]) -> tuple | None:
    if start is None:
        return None
    return _dated(Tie.objects.filter(pk=start)).values_list(*names).first()


def _dated(rows: QuerySet[Tie]) -> QuerySet[Tie]:
    """With the day somebody last confirmed the tie, for the order that begins with the oldest."""
    return rows.annotate(told_at=Coalesce("confirmed_at", NEVER))


def _turn(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else "-" + name


def _beyond(order: Sequence[str], origin: tuple) -> Q:
    """Rows that come after ``origin`` in this order."""
    beyond, equal = Q(), Q()
    for name, value in zip(order, origin, strict=True):
        field, step = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{field}__{step}": value})
        equal &= Q(**{field: value})
    first, falling = order[0].removeprefix("-"), order[0].startswith("-")
    near = Q(**{f"{first}__{'lte' if falling else 'gte'}": origin[0]})  # a range that an index answers
    return beyond & near & (_joined(falling, origin[0]) if first == "person_id" else Q())


def _joined(falling: bool, key: int) -> Q:
    """The same bound on the joined person: PostgreSQL does not infer it, and begins at the newest."""
    bound = RawSQL(f'"people_person"."id" {"<=" if falling else ">="} %s', [key], BooleanField())
    return Q(bound)


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


def ledgers_showing(facts: Iterable[str], people: Iterable[Person] | None = None) -> list[Ledger]:
    """The ledgers that have any of these facts as a column.

    Args:
        facts: codes of the dictionary. people: only ledgers in which one of them stands today, looked for
        where each belongs for the present reach; None: all.
    """
    wanted = set(facts)
    showing = [ledger for ledger in LEDGERS if wanted.intersection(columns_of(ledger))]
    if people is None:
        return showing
    known = list(people)
    areas = {person.area_code[:12] for person in known} - {""}
    moment = as_of()
    limits = limits_on(moment.day)
    return [ledger for ledger in showing if _stands(ledger, known, areas, moment, limits)]


def _stands(
    ledger: Ledger, people: Sequence[Person], areas: Iterable[str], moment: Moment, limits: Limits
) -> bool:
    return any(
        rows.filter(person__in=people).exists()
        for area in areas
        for rows in Selection(ledger, area, moment, limits).parts()
    )
