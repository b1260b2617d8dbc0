"""The rows of a table: persons, households, rooms, buildings or organisations, with all that is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.ledgers.queries.lines import all_ids, lines_of
from wangge.registry.people.models import Organisation as OrganisationRow
from wangge.registry.people.models import Tie

from ..enums import Unit
from ..meanings import Organisation, Subject
from ..meanings.conditions import holds
from . import homes
from .asking import Asking
from .placing import add_names, natural

AT_ONCE = 2_000


def subjects(asking: Asking) -> Iterator[Subject]:
    """All rows, numbered from 1, in the order people read them: area, building, unit, door, household, head
    first. Obeys the reach in force."""
    makers = {
        Unit.PERSON: _persons,
        Unit.HOUSEHOLD: _households,
        Unit.ROOM: homes.rooms,
        Unit.BUILDING: homes.buildings,
        Unit.ORGANISATION: _organisations,
    }
    number = 0
    for subject in makers[Unit(asking.unit)](asking):
        if asking.unit == Unit.HOUSEHOLD or meets(asking, subject):
            number += 1
            subject.number = number
            yield subject


def meets(asking: Asking, subject: Subject) -> bool:
    """Whether every condition surely holds: of the row itself, or of one who lives there."""
    if all(holds(condition, subject) for condition in asking.conditions):
        return True
    if asking.unit not in (Unit.ROOM, Unit.BUILDING):
        return False
    return any(all(holds(one, member) for one in asking.conditions) for member in subject.members)


def _persons(asking: Asking) -> Iterator[Subject]:
    ids = ordered(all_ids(asking.selection))
    names: dict[str, str] = {}
    for part in _parts(ids):
        yield from homes.furnished(asking, lines_of(asking.selection, part, names), names)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def ordered(ids: Sequence[int]) -> list[int]:
    """Ties in the order people look for them."""
    found = []
    for part in _parts(ids):
        rows = Tie._base_manager.filter(pk__in=part).values_list(
            "area_code", "room__building__name", "room__unit", "room__door", "household_id", "relation", "pk"
        )
        found += [
            (
                area,
                natural(building),
                natural(unit),
                natural(door),
                house or 0,
                relation not in ("01", "02"),
                pk,
            )
            for area, building, unit, door, house, relation, pk in rows
        ]
    return [row[-1] for row in sorted(found)]


def _households(asking: Asking) -> Iterator[Subject]:
    """Households in which somebody of the ledger lives who meets the conditions."""
    ids = ordered(all_ids(asking.selection))
    names: dict[str, str] = {}
    done: set[tuple[str, int]] = set()
    for part in _parts(ids):
        people = homes.furnished(asking, lines_of(asking.selection, part, names), names, household=True)
        for subject in people:
            key = subject.household.key if subject.household else ("tie", subject.line.tie.pk)  # type: ignore[union-attr]
            if key in done or not all(holds(condition, subject) for condition in asking.conditions):
                continue
            done.add(key)
            yield headed(subject)


def headed(subject: Subject) -> Subject:
    """The row of a household: its head speaks for it."""
    head = subject.head
    if head is None or head.line is None:
        return subject
    return Subject(
        subject.day, subject.limits, head.line, head.facts, subject.place, subject.household, None,
        subject.members, subject.owners, subject.renters, subject.alone, subject.areas,
    )  # fmt: skip


def _organisations(asking: Asking) -> Iterator[Subject]:
    inside = prefix_filter("area_code", prefix_of(asking.area_code))
    rows = OrganisationRow.objects.filter(inside).order_by("area_code", "name", "pk")
    limits = asking.selection.limits
    found = rows.iterator(chunk_size=AT_ONCE)
    names: dict[str, str] = {}
    while part := list(islice(found, AT_ONCE)):
        add_names(names, (row.area_code for row in part))
        for row in part:
            made = Organisation(
                row.name, row.uscc or "", row.legal_person, row.phone, row.address, row.staff_number,
                row.scope, row.area_code,
            )  # fmt: skip
            yield Subject(asking.day, limits, organisation=made, areas=names)
