"""A few open matters, so that no page of the demo is empty: contradictions, and merges that can be undone."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from wangge.registry.people import actions
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Contradiction, Person

from .ground import HOME
from .numbers import make_phones
from .register import Register

CONTRADICTIONS = 12
MERGES = 2
ACTOR = "cli"


def make_pending(register: Register, *, today: date) -> dict[str, int]:
    """Open contradictions and undoable merges; returns how many of each."""
    chosen = _certain_adults(register, CONTRADICTIONS + MERGES)
    told = chosen[:CONTRADICTIONS]
    phones = make_phones(70_000_000, len(told)).tolist()
    for number, (pk, phone) in enumerate(zip(told, phones, strict=True)):
        _contradict(Person._base_manager.get(pk=pk), number, phone, today)
    for pk in chosen[CONTRADICTIONS:]:
        _double_and_merge(Person._base_manager.get(pk=pk))
    merges = len(chosen[CONTRADICTIONS:])
    return {"contradictions": Contradiction._base_manager.filter(person__in=told).count(), "merges": merges}


def _certain_adults(register: Register, count: int) -> list[int]:
    """People with an id and a phone, first of the demo community, then of any."""
    known = (
        (register.people.ids != "") & (register.people.phones != "") & (register.residence.status == "active")
    )
    grid = register.places.grid[register.places.building[register.homes.room]][register.homes.household]
    home = np.array([name.startswith(HOME) for name in register.ground.names])[grid]
    rows = np.flatnonzero(known & (register.homes.age > 22) & ~register.residence.away)
    ordered = np.concatenate([rows[home[rows]], rows[~home[rows]]])
    step = max(1, min(len(ordered) // max(count, 1), 37))
    return [register.persons[row] for row in ordered[::step][:count].tolist()]


def _contradict(person: Person, number: int, phone: str, today: date) -> None:
    """A visit said one thing; an old ledger now says another."""
    Person._base_manager.filter(pk=person.pk).update(
        source=Source.VISIT, confirmed_at=today - timedelta(days=20 + number)
    )
    person.refresh_from_db()
    other = {"education": "60" if person.education != "60" else "20"}
    offers = [{"phone": phone}, {"marriage": "40" if person.marriage != "40" else "10"}, other]
    actions.update_person(
        actor=ACTOR,
        person=person,
        facts=offers[number % 3],
        source=Source.IMPORT,
        on=today - timedelta(days=1),
    )


def _double_and_merge(person: Person) -> None:
    """The same person registered a second time without an id, noticed and merged."""
    tie = person.ties.filter(kind="lives").select_related("room").first()
    twin = actions.register_person(
        actor=ACTOR,
        facts={"name": person.name, "birth": person.birth, "sex": person.sex},
        source=Source.IMPORT,
        room=tie.room if tie else None,
        area=person.area_code,
        answer="new",
        demo=True,
    ).person
    assert twin is not None
    actions.merge_persons(actor=ACTOR, keep=person, absorb=twin, reason="同名同址，核对后为同一人")
