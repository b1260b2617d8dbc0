"""Answers become facts: once, through the register's own verbs, the later visit holding."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wangge.lib.sealing import unseal
from wangge.registry.people.actions import (
    begin_tie,
    correct_tie,
    record_leave,
    record_return,
    update_organisation,
    update_person,
    update_room,
)
from wangge.registry.people.actions.discrepancies import dismiss_discrepancy, repair_discrepancy
from wangge.registry.people.actions.ties import present
from wangge.registry.people.actions.values import value_of
from wangge.registry.people.enums import PersonStatus, Source, TieKind
from wangge.registry.people.models import Discrepancy, Organisation, Person, Room, Tie
from wangge.registry.people.rules import Declined

from ...models import Visit
from ...reading.answers import OF_ORGANISATION, OF_PERSON, OF_ROOM, Answer

SEALED_AS = "fieldwork.answers"
OF_TIE = {"residence_way": "way", "reason_come": "reason"}
OF_FIRM = {"org_phone": "phone", "staff_number": "staff_number"}
ROOM_COLUMNS = {"room_state": "state", "room_use": "use"}


@dataclass
class Written:
    """What the answers did, by fact; people: whose facts."""

    changed: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    people: set[int] = field(default_factory=set)
    refused: list[list[str]] = field(default_factory=list)  # facts of a form: [fact, why in words]
    unused: int = 0  # answers about somebody who is not within reach any more


def answers_of(visit: Visit) -> dict[str, Any]:
    """What a visit answered, and the facts its forms said: key → value."""
    if not visit.answers_sealed:
        return {}
    held: dict[str, Any] = json.loads(unseal(visit.answers_sealed, SEALED_AS))
    return held


def said_by(visits: Iterable[Visit]) -> set[str]:
    """What these visits said something new of, in their scripts or their forms."""
    silent = (True, False, None)
    return {key for visit in visits for key, value in answers_of(visit).items() if value not in silent}


def write_answers(*, actor: Any, visit: Visit, answers: Mapping[str, Answer], day: date) -> Written:
    """Write what the answers say as of ``day``.

    Raises:
        Declined: the register refuses one of them, such as a number that belongs to somebody else.
    """
    written = Written()
    by_person: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers.values():
        if answer.about == OF_PERSON and answer.told:
            by_person[answer.subject].append(answer)
    for key, said in sorted(by_person.items(), key=lambda pair: int(pair[0])):
        person = Person.objects.filter(pk=int(key)).first() or _returned(visit, int(key))
        if person is None or person.status == PersonStatus.MERGED:
            written.unused += len(said)
        else:
            _of_person(actor, visit, person, said, day, written)
    _of_room(actor, visit.room, answers.values(), written)
    _of_firm(actor, visit.organisation, answers.values(), day, written)
    _of_faults(actor, answers.values(), written)
    return written


def _returned(visit: Visit, key: int) -> Person | None:
    """Somebody who left this door, and so belongs to nobody's reach, may be said to be back."""
    lived = Tie._base_manager.filter(person=key, kind=TieKind.LIVES, room=visit.room_id, known_to=None)
    return Person._base_manager.filter(pk=key).first() if visit.room_id and lived.exists() else None


def _of_person(
    actor: Any, visit: Visit, person: Person, said: list[Answer], day: date, written: Written
) -> None:
    told = {answer.fact: answer for answer in said}
    home = told.pop("residence", None)
    of_tie = {fact: told.pop(fact) for fact in OF_TIE if fact in told}
    facts = {fact: _value(person, answer) for fact, answer in told.items()}
    facts = {fact: value for fact, value in facts.items() if value not in ("", None)}
    if facts:
        done = update_person(actor=actor, person=person, facts=facts, source=Source.VISIT, on=day)
        written.changed += done.changed
        written.confirmed += done.confirmed
        written.contradicted += done.contradicted
    if home is not None and home.value == "left":
        _leave(actor, person, day, written)
    elif home is not None or of_tie:
        _lives(actor, visit, person, of_tie, day, written)
    written.people.add(person.pk)


def _value(person: Person, answer: Answer) -> Any:
    return value_of(person, answer.fact) if answer.value is True else answer.value


def _leave(actor: Any, person: Person, day: date, written: Written) -> None:
    if person.status in (PersonStatus.LEFT, PersonStatus.DEAD):
        return
    since = [tie.valid_from for tie in present(person, TieKind.LIVES, TieKind.RENTS) if tie.valid_from]
    record_leave(actor=actor, person=person, on=max([day, *since]), source=Source.VISIT)
    written.changed.append("residence")


def _lives(
    actor: Any, visit: Visit, person: Person, of_tie: Mapping[str, Answer], day: date, written: Written
) -> None:
    came_back = person.status == PersonStatus.LEFT
    if came_back:
        record_return(actor=actor, person=person, on=day, source=Source.VISIT)
    held = present(person, TieKind.LIVES).order_by("-pk").first()
    if held is None and visit.room is None:
        return
    for fact, answer in of_tie.items():
        column = OF_TIE[fact]
        if held is not None and answer.new and getattr(held, column) != answer.value:
            held = correct_tie(actor=actor, tie=held, reason=_("上门走访更正"), **{column: answer.value})
            written.changed.append(fact)
        else:
            written.confirmed.append(fact)
    room = held.room if held else visit.room
    begin_tie(
        actor=actor, person=person, kind=TieKind.LIVES, room=room, area=held.area_code if held else "",
        on=day if held is None else None, source=Source.VISIT, confirmed_on=day,
    )  # fmt: skip
    (written.changed if came_back or held is None else written.confirmed).append("residence")


def _of_room(actor: Any, room: Room | None, answers: Iterable[Answer], written: Written) -> None:
    said = {one.fact: one for one in answers if one.about == OF_ROOM and one.told}
    if room is None or not said:
        return
    told = {ROOM_COLUMNS[fact]: one.value for fact, one in said.items() if one.new}
    changed = set(update_room(actor=actor, room=room, facts=told)) if told else set()
    for fact in said:
        (written.changed if ROOM_COLUMNS[fact] in changed else written.confirmed).append(fact)


def _of_firm(
    actor: Any, firm: Organisation | None, answers: Iterable[Answer], day: date, written: Written
) -> None:
    said = {one.fact: one for one in answers if one.about == OF_ORGANISATION and one.told}
    if firm is None or not said:
        return
    told: dict[str, Any] = {OF_FIRM[fact]: one.value for fact, one in said.items() if one.new}
    if "staff_number" in told:
        told["staff_number"] = int(told["staff_number"])
    try:
        changed = update_organisation(actor=actor, organisation=firm, facts=told, source=Source.VISIT, on=day)
    except Declined as why:
        if why.code != "less_trusted":
            raise
        written.contradicted += said
        return
    for fact in said:
        (written.changed if OF_FIRM[fact] in changed else written.confirmed).append(fact)


def _of_faults(actor: Any, answers: Iterable[Answer], written: Written) -> None:
    """What was found at odds is mended as proposed, or is right as it stands."""
    for answer in answers:
        if answer.about != "discrepancy" or answer.value not in ("repair", "right"):
            continue
        row = Discrepancy.objects.filter(pk=int(answer.subject)).first()
        if row is None:
            written.unused += 1
            continue
        try:
            if answer.value == "repair":
                repair_discrepancy(actor=actor, discrepancy=row, reason=_("上门核实"))
                written.changed.append("discrepancy")
            else:
                dismiss_discrepancy(actor=actor, discrepancy=row, reason=_("上门核实无误"))
                written.confirmed.append("discrepancy")
            written.people.add(row.person_id)
        except Declined:  # somebody decided it, or the record has changed meanwhile: nothing left to do
            written.unused += 1
