"""Reading the lines of a ledger: a page of them, or all of them some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.db.models import Q

from wangge.foundation.territory import queries as territory
from wangge.lib.sealing import unseal_many
from wangge.registry.ledgers.outgoing.conditions import among
from wangge.registry.ledgers.outgoing.lines import (
    PERSON_COLUMNS,
    TIE_COLUMNS,
    Further,
    Line,
    PersonRow,
    TieRow,
)
from wangge.registry.ledgers.outgoing.selection import SORTS, Selection
from wangge.registry.people.models import Person, Tie

AT_ONCE = 4_000
KINDS = frozenset(("lives", "hukou", "works"))
_WIDTH = len(TIE_COLUMNS)


def lines_of(selection: Selection, ids: Sequence[int], names: dict[str, str] | None = None) -> list[Line]:
    """The lines of these ties in the order given: three queries, however many lines.

    Args:
        names: area names already known; what is missing is added.
    """
    rows = Tie.objects.filter(among("id", ids)).values_list(*TIE_COLUMNS, *PERSON_COLUMNS)
    found = {row[0]: row for row in rows}
    ordered = [found[pk] for pk in ids if pk in found]
    ties = [TieRow._make(row[:_WIDTH]) for row in ordered]
    people = [PersonRow._make(row[_WIDTH:]) for row in ordered]
    others = _others(selection, ties, people)
    names = _named(ties, others, {} if names is None else names)
    numbers = unseal_many([person.id_sealed for person in people])
    phones = unseal_many([person.phone_sealed for person in people])
    further = Further(_facts_of, [person.pk for person in people])
    lines = []
    for tie, person, number, phone in zip(ties, people, numbers, phones, strict=True):
        held = others.get(person.pk, {}) | {tie.kind: tie}
        home, hukou, work = held.get("lives"), held.get("hukou"), held.get("works")
        lines.append(
            Line(tie, person, selection.moment.day, home, hukou, work, number, phone, names, further)
        )
    return lines


def _facts_of(people: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The admitted facts of people whose lines are shown already, so the reach has been asked."""
    return dict(Person._base_manager.filter(pk__in=people).values_list("pk", "facts"))


def _others(
    selection: Selection, shown: Sequence[TieRow], people: Sequence[PersonRow]
) -> dict[int, dict[str, TieRow]]:
    """The persons' ties of other kinds at that moment, as far as the reach goes: of each kind the first."""
    asked: dict[tuple[str, ...], list[int]] = {}
    for tie, person in zip(shown, people, strict=True):
        asked.setdefault(_needed(tie.kind, bool(person.hukou_address)), []).append(person.pk)
    wanted = Q()
    for kinds, keys in asked.items():
        wanted |= Q(among("person_id", keys), kind__in=kinds)
    found: dict[int, dict[str, TieRow]] = {}
    if shown:
        held = Tie.objects.filter(wanted, selection.moment.holds())
        for row in held.order_by("-pk").values_list(*TIE_COLUMNS):
            found.setdefault(row[1], {})[row[2]] = TieRow._make(row)  # the first tie comes last and stays
    return found


@cache
def _needed(kind: str, hukou_told: bool) -> tuple[str, ...]:
    """The other kinds of ties a line of this kind reads; of hukou nothing once its address is told."""
    unread = {kind, "hukou"} if hukou_told else {kind}
    return tuple(sorted(KINDS - unread))


def _named(
    ties: Sequence[TieRow], others: dict[int, dict[str, TieRow]], names: dict[str, str]
) -> dict[str, str]:
    """Area names by code for these ties."""
    codes = {tie.area_code for tie in ties}
    codes.update(tie.area_code for held in others.values() for tie in held.values())
    missing = (codes | {code[:12] for code in codes}) - names.keys()
    if missing:
        names |= dict.fromkeys(missing, "") | territory.names_of(missing)
    return names


def all_ids(selection: Selection) -> list[int]:
    """Every row of the selection in order of place: one statement, so one state of the register."""
    first, *more = [rows.order_by().values_list(*SORTS["place"]) for rows in selection.parts()]
    return [pk for _area, _person, pk in sorted(first.union(*more, all=True))]


def number_of(selection: Selection) -> int:
    """How many people the selection holds, counted by the database from every tie that qualifies: another
    way than the one that lists the rows, so that one checks the other."""
    first, *more = [rows.order_by().values("person_id") for rows in selection.every_tie()]
    return first.union(*more).count() if more else first.distinct().count()


def all_lines(selection: Selection, ids: Sequence[int]) -> Iterator[Line]:
    """The lines of an export, read a few thousand at a time."""
    names: dict[str, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        yield from lines_of(selection, ids[start : start + AT_ONCE], names)
