"""One-to-one care (S25): listing, levels, the one named contact, services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, is_trusted
from wangge.foundation.journal import actions as journal
from wangge.registry.people.models import Person

from ..enums import CareClass, DutyState, Level, Way
from ..models import CareContact, CarePerson, CareService, Duty


def _must_manage(actor: Any, area: str) -> None:
    if not is_trusted(actor) and not may(actor, "care.manage", area):
        raise Unacceptable(_("关爱对象由社区管理，您在这里没有这项权限。"))


@transaction.atomic
def begin_care(
    *,
    actor: Any,
    person: Person,
    care_class: str,
    level: str,
    reason: str = "",
    source: str = "",
    on: date | None = None,
    demo: bool = False,
) -> CarePerson:
    """From ``on`` the person is looked after in this class; twice is once, and may change the level.

    Raises:
        Unacceptable: no such class or level, nowhere known to live, or not the actor's area.
    """
    if care_class not in CareClass.values or level not in Level.values:
        raise Unacceptable(_("请选择关爱类别和等级。"))
    area = person.area_code
    if not area:
        raise Unacceptable(_("登记册里没有此人的住处，请先登记住在哪里。"))
    _must_manage(actor, area)
    held = CarePerson._base_manager.filter(person=person, care_class=care_class, ends_on=None).first()
    if held is not None:
        return held if held.level == level else set_level(actor=actor, care=held, level=level)
    try:
        with transaction.atomic():
            row = CarePerson.objects.create(
                person=person, area_code=area, care_class=care_class, level=level,
                reason=journal.without_personal(reason)[:200], source=source[:60],
                begins_on=on or timezone.localdate(), demo=demo,
            )  # fmt: skip
    except IntegrityError:  # somebody listed them a moment ago
        return CarePerson._base_manager.get(person=person, care_class=care_class, ends_on=None)
    journal.record("care.begun", actor=actor, area=area, subject=row, changes={"level": level})
    return row


@transaction.atomic
def set_level(*, actor: Any, care: CarePerson, level: str) -> CarePerson:
    """Look in more or less often from now on."""
    row = _active(care)
    _must_manage(actor, row.area_code)
    if level not in Level.values:
        raise Unacceptable(_("请选择等级。"))
    if row.level != level:
        before, row.level = row.level, level
        row.save(update_fields=["level"])
        changes = {"level": [before, level]}
        journal.record("care.begun", actor=actor, area=row.area_code, subject=row, changes=changes)
    return row


@transaction.atomic
def end_care(*, actor: Any, care: CarePerson, reason: str, on: date | None = None) -> CarePerson:
    """Looked after no more: the contact ends with it, open duties are cancelled.

    Raises:
        Unacceptable: ended already, or without a reason.
    """
    row = _active(care)
    _must_manage(actor, row.area_code)
    if len(reason.strip()) < 2:
        raise Unacceptable(_("请写明为什么不再是关爱对象（至少两个字）。"))
    day = max(on or timezone.localdate(), row.begins_on)
    row.ends_on, row.reason = day, journal.without_personal(reason)[:200]
    row.save(update_fields=["ends_on", "reason"])
    CareContact._base_manager.filter(care=row, ends_on=None).update(ends_on=day)
    Duty._base_manager.filter(care=row, state=DutyState.OPEN).update(state=DutyState.CANCELLED)
    journal.record("care.ended", actor=actor, area=row.area_code, subject=row, reason=reason)
    return row


def _active(care: CarePerson) -> CarePerson:
    row = CarePerson.objects.select_for_update().get(pk=care.pk)
    if row.ends_on is not None:
        raise Unacceptable(_("此人已不再是关爱对象，请刷新页面。"))
    return row


@transaction.atomic
def pair(*, actor: Any, care: CarePerson, worker: User, on: date | None = None) -> CareContact:
    """``worker`` is the one named contact from now on; who was it before is no more.

    Raises:
        Unacceptable: the worker does no duties where the person lives.
    """
    row = _active(care)
    _must_manage(actor, row.area_code)
    if not may(worker, "duty.do", row.area_code):
        raise Unacceptable(_("%(name)s 不负责这个网格，不能结对。") % {"name": worker.name})
    day = on or timezone.localdate()
    held = CareContact._base_manager.filter(care=row, ends_on=None).first()
    if held is not None and held.user_id == worker.pk:
        return held
    if held is not None:
        held.ends_on = day
        held.save(update_fields=["ends_on"])
        journal.record("care.unpaired", actor=actor, area=row.area_code, subject=row)
    contact = CareContact.objects.create(care=row, user=worker, begins_on=day)
    journal.record(
        "care.paired", actor=actor, area=row.area_code, subject=row, changes={"contact": worker.pk}
    )
    return contact


@transaction.atomic
def pair_many(*, actor: Any, pairs: Iterable[tuple[CarePerson, User]]) -> int:
    """Take over a proposal that was shown; who was paired meanwhile stays so. Returns how many are new."""
    done = 0
    for care, worker in pairs:
        if not CareContact._base_manager.filter(care=care, ends_on=None).exists():
            pair(actor=actor, care=care, worker=worker)
            done += 1
    return done


@transaction.atomic
def serve_care(
    *,
    actor: Any,
    op: UUID,
    care: CarePerson,
    way: str,
    at: datetime,
    safe: bool | None = None,
    words: str = "",
) -> CareService:
    """Keep one service; the same ``op`` again is the same service. Open care duties up to that day are done.

    Raises:
        Unacceptable: no such way, or neither the contact nor anybody who works there.
    """
    held = CareService._base_manager.filter(op=op).first()
    if held is not None:
        return held
    if way not in Way.values:
        raise Unacceptable(_("请选择服务方式。"))
    if not is_trusted(actor) and not may(actor, "duty.do", care.area_code):
        raise Unacceptable(_("此人不在您负责的网格里。"))
    moment = min(at, timezone.now())
    row = CareService.objects.create(
        op=op, care=care, at=moment, way=way, safe=safe, words=words[:500],
        worker=journal.account_of(actor),
    )  # fmt: skip
    day = timezone.localtime(moment).date()
    Duty._base_manager.filter(care=care, state=DutyState.OPEN, begins_on__lte=day).update(
        state=DutyState.DONE, done_at=moment, done_by=row.worker
    )
    journal.record(
        "care.served", actor=actor, area=care.area_code, subject=care, changes={"way": way, "safe": safe}
    )
    return row
