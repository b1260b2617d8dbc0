"""Answers that are facts go to the register, once, by the trust of who says so (one fact, every ledger)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.dictionary import admitted
from wangge.registry.people import actions as people
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person, Tie

from ..models import Submission
from ..queries.about import OF_HOME, OF_ORGANISATION, OF_PERSON, OF_ROOM, About, held
from ..queries.ledgers import ledgers_of
from ..queries.said import key_of, said_in

DAYS = ("planned_until", "residence_since", "arrive_date")


@dataclass
class Written:
    """What became of the facts of an answer, by their codes, no values. refused: [fact, why in words];
    strangers: rows of members that name nobody of this household, to be registered first; ledgers: names of
    those brought up to date, in which the people stand."""

    changed: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    refused: list[list[str]] = field(default_factory=list)
    strangers: int = 0
    ledgers: list[str] = field(default_factory=list)

    def take(self, changed: Any = (), confirmed: Any = (), contradicted: Any = ()) -> None:
        """Add codes, each once, in their order."""
        for known, more in (
            (self.changed, changed),
            (self.confirmed, confirmed),
            (self.contradicted, contradicted),
        ):
            known += [code for code in more if code not in known]

    def refuse(self, fact: str, why: str) -> None:
        """This fact was not taken; the answer keeps it."""
        if [fact, why] not in self.refused:
            self.refused.append([fact, why])


@transaction.atomic
def write_back(
    *,
    actor: Any,
    submission: Submission,
    source: int = Source.VISIT,
    on: date | None = None,
    unless: Collection[str] = (),
) -> Written:
    """Write the facts of an answer to whom and what it is about, as ``source`` says on day ``on`` (the day it
    came when None). The same answer is written once; asked again, it says what it said. What is not taken
    stays in the answer, with the reason in ``refused``; nothing of it stops the rest.

    Args:
        unless: facts that somebody said otherwise later, as ``queries.facts_said`` names them; an answer that
        comes late leaves these as they are.
    """
    row = Submission._base_manager.select_for_update(of=("self",)).get(pk=submission.pk)
    if row.written_at:
        return Written(**row.written)
    told = _Telling(actor, Source(source), on or timezone.localdate(row.received_at), Written(), unless)
    _tell(told, row)
    done = told.written
    concerned = [person for person in told.people.values() if person.area_code]
    done.ledgers = ledgers_of([*done.changed, *done.confirmed], concerned) if concerned else []
    row.written_at, row.written = timezone.now(), asdict(done)
    row.save(update_fields=["written_at", "written"])
    numbers = {"changed": done.changed, "contradicted": done.contradicted, "refused": len(done.refused)}
    journal.record("form.written", actor=actor, area=row.area_code, subject=row, data=numbers)
    return done


@dataclass
class _Telling:
    """One answer being written."""

    actor: Any
    source: Source
    day: date
    written: Written
    unless: Collection[str] = ()
    people: dict[int, Person] = field(default_factory=dict)


def _tell(told: _Telling, row: Submission) -> None:
    for said in said_in(row):
        for fact, why in said.refused:
            told.written.refuse(fact, why)
        if said.stranger:
            told.written.strangers += bool(said.facts)
            continue
        _write(told, said.about, {fact: value for fact, value in said.facts.items()
                                  if key_of(fact, said.about) not in told.unless})  # fmt: skip


def _write(told: _Telling, about: About, found: Mapping[str, str]) -> None:
    if about.person:
        told.people[about.person.pk] = about.person
    mine = OF_PERSON.union(admitted().of_persons)
    _group(told, about, found, mine - {"id_no"}, about.person, _person)
    _group(told, about, found, {"id_no"}, about.person, _person)  # alone: another's number stops nothing else
    _group(told, about, found, OF_HOME, about.home, _home)
    _group(told, about, found, OF_ROOM, about.room, _room)
    _group(told, about, found, OF_ORGANISATION, about.organisation, _organisation)
    for fact in found.keys() - mine - {"id_no", *OF_HOME, *OF_ROOM, *OF_ORGANISATION}:
        told.written.refuse(fact, _("登记册里没有地方记这一项，答案留在表里。"))


def _group(
    told: _Telling,
    about: About,
    found: Mapping[str, str],
    names: Container[str],
    row: Any,
    write: Callable[[_Telling, About, Mapping[str, str]], None],
) -> None:
    """The facts of one row; a refusal of the register takes back these only."""
    here = {fact: value for fact, value in found.items() if fact in names}
    why = "" if row or not here else _("答案没有写明是谁、哪里或哪个单位的。")
    if here and not why:
        try:
            with transaction.atomic():
                write(told, about, here)
        except people.Declined as declined:
            why = str(declined)
    for fact in here if why else ():
        told.written.refuse(fact, why)


def _person(told: _Telling, about: About, found: Mapping[str, str]) -> None:
    assert about.person is not None
    outcome = people.update_person(
        actor=told.actor, person=about.person, facts=found, source=told.source, on=told.day
    )
    told.written.take(outcome.changed, outcome.confirmed, outcome.contradicted)


def _home(told: _Telling, about: About, found: Mapping[str, str]) -> None:
    """What is said of the person's home: corrected where it says otherwise, confirmed where not."""
    tie = Tie._base_manager.get(pk=about.home.pk)  # type: ignore[union-attr]
    differing = {fact: value for fact, value in found.items() if held(fact, about) != value}
    if differing and tie.source > told.source:
        for fact in [fact for fact in differing if held(fact, about)]:
            differing.pop(fact)
            told.written.refuse(fact, _("已登记的内容来自更可信的来源，没有改动。"))
    if differing:
        changes = {OF_HOME[fact]: _day(fact, value) for fact, value in differing.items()}
        tie = people.correct_tie(actor=told.actor, tie=tie, reason=_("走访时填写"), **changes)
    people.begin_tie(
        actor=told.actor, person=tie.person, kind=tie.kind, area=tie.area_code, room=tie.room,
        organisation=tie.organisation, source=told.source, confirmed_on=told.day,
    )  # fmt: skip
    told.written.take(differing, [fact for fact in found if held(fact, about) == found[fact]])


def _day(fact: str, value: str) -> date | str:
    return date.fromisoformat(value) if fact in DAYS else value


def _room(told: _Telling, about: About, found: Mapping[str, str]) -> None:
    values: dict[str, Any] = {OF_ROOM[fact]: value for fact, value in found.items()}
    if "area_m2" in values:
        try:
            values["area_m2"] = Decimal(values["area_m2"]).quantize(Decimal("0.01"))
            if not 0 < values["area_m2"] < 1_000_000:
                raise InvalidOperation
        except InvalidOperation:
            del values["area_m2"]
            told.written.refuse("room_area", _("面积应是大于 0 的数字。"))
    if "floor" in values:
        values["floor"] = values["floor"][:10]
    assert about.room is not None
    changed = people.update_room(actor=told.actor, room=about.room, facts=values)
    by_name = {OF_ROOM[fact]: fact for fact in found}
    told.written.take(
        [by_name[name] for name in changed], [by_name[name] for name in values if name not in changed]
    )
    told.people |= {member.pk: member for member in about.members()}


def _organisation(told: _Telling, about: About, found: Mapping[str, str]) -> None:
    values: dict[str, Any] = {OF_ORGANISATION[fact]: value for fact, value in found.items()}
    if not values.get("staff_number", "0").isdigit():
        del values["staff_number"]
        told.written.refuse("staff_number", _("人数应是整数。"))
    elif "staff_number" in values:
        values["staff_number"] = int(values["staff_number"])
    assert about.organisation is not None
    changed = people.update_organisation(
        actor=told.actor, organisation=about.organisation, facts=values, source=told.source, on=told.day
    )
    by_name = {OF_ORGANISATION[fact]: fact for fact in found}
    told.written.take(
        [by_name[name] for name in changed], [by_name[name] for name in values if name not in changed]
    )
