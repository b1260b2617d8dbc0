"""A session is planned, its plan is changed, it is called off (S41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import State
from ..models import Session
from ..queries.places import Linked
from ..queries.topics import topics
from ..rules import may_plan
from .writing import done_before, held_row, written

LONGEST = 24 * 60  # minutes
NOWHERE = Linked()  # not in the register


@dataclass(frozen=True)
class Plan:
    """What a session is to be; ``held_by`` is a unit or a post, nobody's name. ``place`` is longitude and
    latitude."""

    op: UUID
    area: str
    topic: str
    way: str
    title: str
    where: str
    begins_at: datetime
    minutes: int
    held_by: str
    audience: str
    notes: str = ""
    place: tuple[float, float] | None = None
    linked: Linked = NOWHERE
    example: bool = False

    def columns(self) -> dict[str, Any]:
        """As the table keeps it."""
        lon, lat = self.place or self.linked.point or (None, None)
        return {
            "area_code": self.area, "topic": self.topic, "way": self.way, "title": self.title.strip()[:80],
            "place": self.where.strip()[:80], "begins_at": self.begins_at, "minutes": self.minutes,
            "held_by": self.held_by.strip()[:60], "audience": self.audience,
            "notes": self.notes.strip()[:1000], "lon": lon, "lat": lat, "estate": self.linked.estate,
            "building": self.linked.building, "organisation": self.linked.organisation,
        }  # fmt: skip


def plan_session(*, actor: Any, plan: Plan, demo: bool = False) -> Session:
    """Plan a session; the same op again is the same session.

    Raises:
        Refused: outside the actor's areas. Unacceptable: no such topic, or no length of time.
    """
    known = Session._base_manager.filter(op=plan.op).first()
    _look_at(actor, plan)
    if known is not None:
        return _same(actor, known)
    try:
        with transaction.atomic():
            return _planned(actor, plan, demo)
    except IntegrityError:  # the same op at the same moment
        return _same(actor, Session._base_manager.get(op=plan.op))


def _same(actor: Any, known: Session) -> Session:
    """The first receipt, for whoever may have sent it."""
    if not may_plan(actor, known.area_code):
        raise Refused(_("这次活动不在您的辖区，不能由您修改。"))
    return known


def _planned(actor: Any, plan: Plan, demo: bool) -> Session:
    row = Session.objects.create(
        op=plan.op, last_op=plan.op, account=journal.account_of(actor), example=plan.example, demo=demo,
        **plan.columns(),
    )  # fmt: skip
    journal.record("education.planned", actor=actor, area=row.area_code, subject=row, data=_told(row))
    return row


@transaction.atomic
def change_session(*, actor: Any, session: Session, plan: Plan, seen: int) -> Session:
    """Change the plan until it is held; sent twice it is changed once.

    Args:
        plan: its op is this change's own. seen: the version one looked at.

    Raises:
        Refused: outside the actor's areas. Stale: another was before.
        Unacceptable: it was held or called off already, or no such topic.
    """
    row = held_row(actor, session)
    if done_before(row, plan.op, seen):
        return row
    if row.state != State.PLANNED:
        raise Unacceptable(_("这次活动%(state)s，计划不能再改。") % {"state": row.get_state_display()})
    _look_at(actor, plan)
    before = _told(row)
    row = written(row, plan.op, **plan.columns())
    data = {"before": before, "after": _told(row), "version": row.version}
    journal.record("education.changed", actor=actor, area=row.area_code, subject=row, data=data)
    return row


@transaction.atomic
def cancel_session(*, actor: Any, session: Session, op: UUID, seen: int, reason: str) -> Session:
    """Call it off, and say why; sent twice it is called off once.

    Raises:
        Refused: outside the actor's areas. Stale: another was before.
        Unacceptable: no reason, or it was held or called off already.
    """
    row = held_row(actor, session)
    if done_before(row, op, seen):
        return row
    if row.state != State.PLANNED:
        raise Unacceptable(_("这次活动%(state)s，不能再取消。") % {"state": row.get_state_display()})
    if not reason.strip():
        raise Unacceptable(_("请写为什么取消。"))
    row = written(row, op, state=State.CANCELLED, reason=reason.strip()[:200])
    journal.record("education.cancelled", actor=actor, area=row.area_code, subject=row, data=_told(row))
    return row


def _told(row: Session) -> dict[str, Any]:
    """What the trail keeps of a plan: nothing that somebody wrote."""
    begins = timezone.localtime(row.begins_at).strftime("%Y-%m-%d %H:%M")
    return {"topic": row.topic, "way": row.way, "begins": begins, "minutes": row.minutes,
            "area": row.area_code}  # fmt: skip


def _look_at(actor: Any, plan: Plan) -> None:
    if not may_plan(actor, plan.area):
        raise Refused(_("这个区域不在您的辖区。"))
    if plan.topic not in topics():
        raise Unacceptable(_("没有这个主题；请从列表里选。"))
    if not 0 < plan.minutes <= LONGEST:
        raise Unacceptable(_("结束时间要晚于开始时间，一次活动不超过一天。"))
