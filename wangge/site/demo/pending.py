"""A few open matters, so that no page of the demo is empty: contradictions, merges that can be undone, and
people registered twice whom the matcher finds or asks about."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import numpy as np

from wangge.registry.linkage.actions import Busy, request_run
from wangge.registry.people import actions
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Contradiction, Person

from .ground import HOME
from .numbers import make_phones
from .register import Register
from .spoiled import SPOILED, spoil_records

CONTRADICTIONS = 12
MERGES = 2
TWINS = 15  # registered a second time: a third of them plainly, the others so that it is not certain
ACTOR = "cli"


def make_pending(register: Register, *, today: date) -> dict[str, int]:
    """Open contradictions, undoable merges, doubles, records at odds; returns how many of each."""
    chosen = _certain_adults(register, CONTRADICTIONS + MERGES + TWINS + SPOILED)
    told = chosen[:CONTRADICTIONS]
    phones = make_phones(70_000_000, len(told)).tolist()
    for number, (pk, phone) in enumerate(zip(told, phones, strict=True)):
        _contradict(Person._base_manager.get(pk=pk), number, phone, today)
    merged = chosen[CONTRADICTIONS : CONTRADICTIONS + MERGES]
    for pk in merged:
        _double_and_merge(Person._base_manager.get(pk=pk))
    twins = chosen[CONTRADICTIONS + MERGES : CONTRADICTIONS + MERGES + TWINS]
    for number, pk in enumerate(twins):
        _double(Person._base_manager.get(pk=pk), number)
    spoiled = spoil_records(chosen[CONTRADICTIONS + MERGES + TWINS :], today=today)
    area = f"{register.ground.codes[0][:6]}000000"
    with suppress(Busy):  # the demo was loaded before, and its run still waits
        request_run(actor=ACTOR, area_code=area, engine="duckdb")  # by the worker: loading need not wait
    contradictions = Contradiction._base_manager.filter(person__in=told).count()
    return {
        "contradictions": contradictions,
        "merges": len(merged),
        "twins": len(twins),
        "discrepancies": spoiled,
    }


def _certain_adults(register: Register, count: int) -> list[int]:
    """People with an id and a phone, first of the demo community, then of any."""
    known = (
        (register.people.ids != "") & (register.people.phones != "") & (register.residence.status == "active")
    )
    grid = register.places.grid[register.places.building[register.homes.room]][register.homes.household]
    home = np.array([name.startswith(HOME) for name in register.ground.names])[grid]
    rows = np.flatnonzero(known & (register.homes.age > 22) & ~register.residence.away)
    ordered = np.concatenate([rows[home[rows]], rows[~home[rows]]])
    step = max(1, min(len(ordered) // max(count, 1), 11))
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


def _double(person: Person, number: int) -> None:
    """The same person registered a second time, without an id: as plainly as a ledger says it, or with a slip
    in the phone, the birth alone, the phone alone, another home."""
    tie = person.ties.filter(kind="lives").select_related("room").first()
    room = tie.room if tie else None
    facts = {"name": person.name, "sex": person.sex}
    said: list[dict] = [
        {"birth": person.birth, "room": room},
        {"phone": person.phone, "room": room},
        {"phone": person.phone[:-1] + str((int(person.phone[-1]) + 1) % 10), "birth": person.birth},
        {"birth": person.birth},
        {"phone": person.phone},
    ]
    told = dict(said[number % len(said)])
    home = told.pop("room", None)
    actions.register_person(
        actor=ACTOR, facts=facts | told, source=Source.IMPORT, room=home, area=person.area_code,
        answer="new", demo=True,
    )  # fmt: skip


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
