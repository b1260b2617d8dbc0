"""What a visit closes: duties, care visits, the campaigns' doors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.registry.people.actions import settle_wrong_address, tell_wrong_address
from wangge.registry.people.models import Tie

from ...enums import COVERS, DutyKind, DutyState, VisitResult, Way
from ...models import Campaign, CarePerson, Duty, Visit
from ...queries.homes import present_homes
from ...queries.scripts import Script
from ...reading.answers import Answer
from ..campaigns_touch import touch_targets
from ..care import serve_care

DAYS = 7  # to look a door up that was not where the register says
AT_THE_DOOR = (DutyKind.VISIT, DutyKind.RECHECK, DutyKind.CALL_BACK, DutyKind.CAMPAIGN)


def close_what_was_due(
    *,
    actor: Any,
    visit: Visit,
    script: Script,
    answers: Mapping[str, Answer],
    duties: Iterable[int],
    campaigns: Iterable[int] | None,
    day: date,
) -> None:
    """Care that was given is served, the campaigns learn the result, duties it fulfils are done."""
    if visit.result == VisitResult.WRONG:
        _recheck(visit)
        tell_wrong_address(actor=actor, homes=_homes(visit))
    cared = _serve(actor, visit, answers)
    touch_targets(visit=visit, result=visit.result, campaigns=_campaigns(visit, campaigns))
    wanted = {int(one) for one in duties if str(one).isdecimal()}
    for duty in _fulfilled(visit, wanted, cared, day):
        _finish(actor, visit, duty, answers)


def _homes(visit: Visit) -> QuerySet[Tie]:
    """The homes that the register has at this door; an organisation's door is nobody's."""
    if visit.room_id:
        return present_homes().filter(room=visit.room_id).order_by("pk")
    return present_homes().filter(person=visit.person_id, room=None).order_by("pk")


def _recheck(visit: Visit) -> None:
    """The register has this door wrong: somebody must look it up; one open duty for a door."""
    door = {name: getattr(visit, name) for name in ("room", "organisation", "person") if getattr(visit, name)}
    name, row = next(iter(door.items()))
    key = f"wrong:{name}:{row.pk}"
    Duty._base_manager.filter(key=key, state=DutyState.DONE).update(key=f"{key}:{visit.pk}")
    begins = timezone.localdate()
    made = {
        "kind": DutyKind.RECHECK, "area_code": visit.area_code, "begins_on": begins,
        "due_on": begins + timedelta(days=DAYS), **door,
        "words": _("地址不符：登记的地址找不到这一户，请核实。"),
    }  # fmt: skip
    Duty._base_manager.get_or_create(key=key, defaults=made)


def _campaigns(visit: Visit, campaigns: Iterable[int] | None) -> list[int]:
    """Those named; without names every campaign the door is a door of."""
    if campaigns is not None:
        return [int(one) for one in campaigns if str(one).isdecimal()]
    door = {name: getattr(visit, name) for name in ("room", "organisation", "person") if getattr(visit, name)}
    rows = Campaign._base_manager.filter(**{f"targets__{name}": row for name, row in door.items()})
    return list(rows.values_list("pk", flat=True))


def _serve(actor: Any, visit: Visit, answers: Mapping[str, Answer]) -> set[int]:
    """A care visit is one service: by the door, safe or in need."""
    served = set()
    for key, answer in answers.items():
        if answer.about != "care" or answer.fact != "safe" or answer.value not in ("yes", "no", True):
            continue
        care = CarePerson.objects.filter(pk=int(answer.subject), ends_on=None).first()
        if care is not None:
            serve_care(
                actor=actor, op=uuid5(visit.op, key), care=care, way=Way.DOOR, at=visit.at,
                safe=answer.value != "no", words=visit.words,
            )  # fmt: skip
            served.add(care.pk)
    return served


def _fulfilled(visit: Visit, wanted: set[int], cared: set[int], day: date) -> list[Duty]:
    door = Q(pk__in=[])
    if visit.result in COVERS:
        for name in ("room_id", "organisation_id", "person_id"):
            if key := getattr(visit, name):
                door |= Q(**{name: key}, care=None)
        door |= Q(pk__in=wanted, care=None)
    rows = Duty._base_manager.select_for_update().filter(
        door | Q(care__in=cared), state=DutyState.OPEN, kind__in=AT_THE_DOOR, begins_on__lte=day
    )
    return list(rows.order_by("pk"))


def _finish(actor: Any, visit: Visit, duty: Duty, answers: Mapping[str, Answer]) -> None:
    duty.state, duty.done_at, duty.done_by = DutyState.DONE, visit.at, visit.worker
    said = answers.get(f"duty:{duty.pk}")
    if said is not None and said.value == "differs":
        duty.words = f"{duty.words} {_('与登记不一致')}"[:200].strip()
    duty.save(update_fields=["state", "done_at", "done_by", "words"])
    if duty.kind == DutyKind.RECHECK and _was_found(visit, said):
        settle_wrong_address(actor=actor, homes=_homes(visit), reason=_("复核时找到了这一户"))
    journal.record(
        "duty.done", actor=actor, area=duty.area_code, subject=duty, changes={"kind": duty.kind},
        data={"visit": visit.pk},
    )  # fmt: skip


def _was_found(visit: Visit, said: Answer | None) -> bool:
    """By what the worker said of the re-check; without a word, by somebody having been met at the door."""
    return said.value == "same" if said is not None else visit.result == VisitResult.DONE
