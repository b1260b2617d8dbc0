"""A visit (spec 5.6): what was answered is written, what was due is closed, what remains is said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.forms.queries import facts_said
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, is_trusted
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import grid_at
from wangge.lib.sealing import seal
from wangge.registry.ledgers.queries.holding import ledgers_holding
from wangge.registry.people.models import Organisation, Person, Room
from wangge.registry.people.rules import Declined

from ...enums import COVERS, VisitResult
from ...models import Visit
from ...queries.homes import present_homes
from ...queries.scripts import Block, Script, script_for
from ...queries.scripts.composing import REGISTER
from ...queries.visits import ledger_words, same_door, still_due
from ...reading.answers import Answer, read_answers
from ..callbacks import answer_door, leave_card
from .answers import SEALED_AS, Written, said_by, write_answers
from .closing import close_what_was_due
from .formed import keep_forms, write_forms
from .odds import note_odds

TOPICS, TEAM = 12, 12  # at most
OF_REGISTER = ("person", "room", "organisation", "discrepancy")


@dataclass(frozen=True)
class Recorded:
    """What became of a visit; ``differs`` names in words where another visit of the day says otherwise."""

    visit: Visit
    repeated: bool = False
    call_back: Any = None
    still: list[str] = field(default_factory=list)
    differs: str = ""

    @property
    def ledgers(self) -> list[str]:
        """本次更新的台账."""
        return ledger_words(self.visit)


@transaction.atomic
def record_visit(
    *,
    actor: Any,
    op: UUID,
    at: datetime,
    result: str,
    door: Room | Organisation | Person,
    answers: Mapping[str, Any] | None = None,
    forms: Sequence[Mapping[str, Any]] = (),
    words: str = "",
    topics: Iterable[str] = (),
    team: Iterable[Mapping[str, str]] = (),
    duties: Iterable[int] = (),
    campaigns: Iterable[int] | None = None,
    place: tuple[float, float] | None = None,
    photos: Iterable[str] = (),
    shown: Iterable[str] | None = None,
) -> Recorded:
    """Keep a visit to a door; the same ``op`` again gives what it gave before.

    Args:
        at: when it was; a moment to come counts as now. answers: question key -> answer, see ``reading``.
        forms: {key, number, instance, xml} of each form that was filled in. campaigns: which it was for, None
            for all that are due at the door. place: WGS-84 degrees, longitude first. shown: keys of the
            questions the worker's script had; None: today's.

    Raises:
        Unacceptable: not the worker's area, an answer that cannot be right, or "done" with a part unanswered.
    """
    held = Visit._base_manager.filter(op=op).first()
    if held is not None:
        return _told_again(held)
    door = _standing(door)
    _lock(door)
    area, at = _area_of(door), min(at, timezone.now())
    if not is_trusted(actor) and not may(actor, "duty.do", area):
        raise Unacceptable(_("这一户不在您负责的网格里，请交给那里的网格员。"))
    read = read_answers(answers or {})
    if read.faults:
        raise Unacceptable(" ".join(read.faults[:5]))
    day = timezone.localtime(at).date()
    script = script_for(door, day)
    said = _completed(read.answers, door, result)
    _check(script, result, said, forms, shown)
    visit = Visit(
        op=op, area_code=area, at=at, worker=_name(actor), result=VisitResult(result), words=words[:500],
        topics=_texts(topics, TOPICS), team=_team(team), photos=list(photos)[:20],
        blocks=[block.key for block in script.blocks], asked=script.asked, separate=script.separate,
        **_door(door), **_place(place, area),
    )  # fmt: skip
    visit.save()
    return _write(actor, visit, script, said, forms, day, duties, campaigns)


def _write(
    actor: Any,
    visit: Visit,
    script: Script,
    said: dict[str, Answer],
    forms: Sequence[Mapping[str, Any]],
    day: date,
    duties: Iterable[int],
    campaigns: Iterable[int] | None,
) -> Recorded:
    later = [one for one in same_door(visit) if (one.at, str(one.op)) > (visit.at, str(visit.op))]
    kept = keep_forms(actor=actor, visit=visit, answers=said, forms=forms, day=day, photos=visit.photos)
    in_forms = {key: value for row in kept for key, value in facts_said(row).items()}
    told = {key: answer.value for key, answer in said.items() if answer.told}
    visit.submission, visit.answers_sealed = (kept[0] if kept else None), _sealed(in_forms | told)
    otherwise = said_by(later)  # visits may arrive in any order
    holding = {key: answer for key, answer in said.items() if key not in otherwise}
    try:
        written = write_answers(actor=actor, visit=visit, answers=holding, day=day)
    except Declined as why:
        raise Unacceptable(why.message) from why
    write_forms(actor=actor, kept=kept, unless=otherwise | told.keys(), day=day, written=written)
    close_what_was_due(
        actor=actor, visit=visit, script=script, answers=said, duties=duties, campaigns=campaigns, day=day
    )
    call_back = _card(actor, visit, later)
    visit.changed, visit.confirmed = _once(written.changed), _once(written.confirmed)
    visit.contradicted, visit.refused = _once(written.contradicted), written.refused
    visit.ledgers = _ledgers(visit, written)
    visit.save()
    differs = note_odds(actor=actor, visit=visit)
    journal.record(
        "visit.recorded", actor=actor, area=visit.area_code, subject=visit,
        changes={"result": visit.result, "fields": visit.changed, "confirmed": visit.confirmed},
        data=_about(visit) | {"asked": visit.asked, "separate": visit.separate, "unused": written.unused},
    )  # fmt: skip
    return Recorded(visit, False, call_back, _still(visit), differs)


def _told_again(visit: Visit) -> Recorded:
    card = getattr(visit, "call_back", None)
    return Recorded(visit, True, card, _still(visit), "")


def _still(visit: Visit) -> list[str]:
    door = visit.room or visit.organisation or visit.person
    return still_due(script_for(door)) if door is not None else []


def _standing(door: Room | Organisation | Person) -> Room | Organisation | Person:
    """Somebody who lives in a room is visited there."""
    if isinstance(door, Person):
        home = present_homes().filter(person=door, room__isnull=False).select_related("room").first()
        return home.room if home is not None and home.room is not None else door
    return door


def _lock(door: Room | Organisation | Person) -> None:
    """Two visits to one door are written one after the other."""
    type(door)._base_manager.select_for_update().filter(pk=door.pk).values_list("pk").first()


def _area_of(door: Room | Organisation | Person) -> str:
    return door.area_code


def _door(door: Room | Organisation | Person) -> dict[str, Any]:
    return {{Room: "room", Organisation: "organisation", Person: "person"}[type(door)]: door}


def _about(visit: Visit) -> dict[str, Any]:
    return {"room": visit.room_id, "organisation": visit.organisation_id, "person": visit.person_id}


def _place(place: tuple[float, float] | None, area: str) -> dict[str, Any]:
    if place is None:
        return {}
    inside = grid_at(*place)
    known = inside == area if len(area) == 15 else inside.startswith(area)
    return {"lon": place[0], "lat": place[1], "in_grid": known if inside else False}


def _name(actor: Any) -> str:
    return actor if isinstance(actor, str) else actor.get_username()


def _sealed(answers: Mapping[str, Any]) -> str:
    return seal(json.dumps(dict(answers), ensure_ascii=False), SEALED_AS) if answers else ""


def _texts(values: Iterable[str], most: int) -> list[str]:
    return [str(value).strip()[:40] for value in values if str(value).strip()][:most]


def _team(team: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Who came along, by type (S64)."""
    listed = [one for one in team if isinstance(one, Mapping) and one.get("kind")]
    return [{"kind": str(one["kind"])[:20], "name": str(one.get("name", ""))[:40]} for one in listed][:TEAM]


def _completed(answers: dict[str, Answer], door: Any, result: str) -> dict[str, Answer]:
    """A vacant home says so of the room."""
    key = f"room:{door.pk}:room_state"
    if result == VisitResult.VACANT and isinstance(door, Room) and key not in answers:
        answers[key] = Answer(key, "room", str(door.pk), "room_state", "vacant")
    return answers


def _check(
    script: Script,
    result: str,
    said: Mapping[str, Answer],
    forms: Sequence[Mapping[str, Any]],
    shown: Iterable[str] | None,
) -> None:
    """S06: a part nobody answered keeps a visit from being done."""
    if result not in VisitResult.values:
        raise Unacceptable(_("请选择走访结果。"))
    if result != VisitResult.DONE:
        return
    seen = None if shown is None else set(shown)
    filled = {str(form.get("key", "")) for form in forms}
    empty = [
        block.title
        for block in script.blocks
        if block.needs and not (block.form and block.form in filled)
        and (seen is None or seen & set(block.needs)) and not _answered(block, said)
    ]  # fmt: skip
    if empty:
        words = _("还有没有问的部分：%(blocks)s。问完再选“完成”，或改为“部分完成”。")
        raise Unacceptable(words % {"blocks": "、".join(empty)})


def _answered(block: Block, said: Mapping[str, Answer]) -> bool:
    """Any of its questions; of the register's part also what was said without being asked."""
    if block.key == REGISTER and any(answer.about in OF_REGISTER for answer in said.values()):
        return True
    return any(key in said for key in block.needs)


def _card(actor: Any, visit: Visit, later: list[Visit]) -> Any:
    if visit.result == VisitResult.NOBODY:
        met = any(one.result != VisitResult.NOBODY for one in later)
        return None if met else leave_card(actor=actor, visit=visit)
    if visit.result in COVERS or visit.result == VisitResult.PARTLY:
        answer_door(actor=actor, visit=visit)
    return None


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _ledgers(visit: Visit, written: Written) -> list[str]:
    """The ledgers that name somebody of whom a shown fact was changed or confirmed."""
    people = set(written.people)
    if visit.room_id and {"room_state", "room_use"} & {*visit.changed, *visit.confirmed}:
        people |= set(present_homes().filter(room=visit.room_id).values_list("person", flat=True))
    return ledgers_holding(people, {*visit.changed, *visit.confirmed}, visit.area_code[:12])
