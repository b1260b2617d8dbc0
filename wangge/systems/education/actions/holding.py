"""A session was held: how many came, what was given out, photos; corrected afterwards (S41)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import State
from ..models import Given, Material, Session
from .writing import done_before, held_row, written

MANY = 2_000  # more than so many came: surely?
MOST = 5_000_000  # more than live in the district many times over
PHOTOS = 18


@dataclass(frozen=True)
class Held:
    """What came of a session. ``given``: material → number. ``sure``: the number was asked for again."""

    op: UUID
    attended: int
    minutes: int
    given: tuple[tuple[Material, int], ...] = ()
    photos: tuple[str, ...] = ()  # digests, added to those that are there
    notes: str = ""
    sure: bool = False


@transaction.atomic
def hold_session(*, actor: Any, session: Session, held: Held, seen: int) -> Session:
    """Say that it was held; sent twice it is said once.

    Args:
        seen: the version one looked at.

    Raises:
        Refused: outside the actor's areas. Stale: another was before.
        Unacceptable: it was called off, has not begun yet, or a number cannot be.
    """
    row = held_row(actor, session)
    if done_before(row, held.op, seen):
        return row
    if row.state != State.PLANNED:
        raise Unacceptable(_("这次活动%(state)s，不能再记“已举办”。") % {"state": row.get_state_display()})
    if row.begins_at > timezone.now():
        raise Unacceptable(_("活动还没有开始，不能记“已举办”；时间变了请先修改计划。"))
    return _kept(actor, row, held, "education.held")


@transaction.atomic
def correct_session(*, actor: Any, session: Session, held: Held, seen: int) -> Session:
    """Correct what was told of a session that was held; the numbers before stay in the trail.

    Raises:
        Refused: outside the actor's areas. Stale: another was before.
        Unacceptable: it was not held, or a number cannot be.
    """
    row = held_row(actor, session)
    if done_before(row, held.op, seen):
        return row
    if row.state != State.HELD:
        raise Unacceptable(_("这次活动还没有记“已举办”，没有可更正的。"))
    return _kept(actor, row, held, "education.corrected")


def _kept(actor: Any, row: Session, held: Held, kind: str) -> Session:
    _look_at(held)
    before = _numbers(row)
    photos = list(dict.fromkeys([*row.photos, *held.photos]))
    if len(photos) > PHOTOS:
        raise Unacceptable(_("一次活动最多留 %(most)d 张照片。") % {"most": PHOTOS})
    row = written(
        row, held.op, state=State.HELD, attended=held.attended, minutes=held.minutes, photos=photos,
        notes=held.notes.strip()[:1000],
    )  # fmt: skip
    Given._base_manager.filter(session=row).delete()
    Given._base_manager.bulk_create(
        Given(session=row, material=material, area_code=row.area_code, number=number)
        for material, number in held.given if number
    )  # fmt: skip
    data = _numbers(row) | ({"before": before} if kind == "education.corrected" else {})
    journal.record(kind, actor=actor, area=row.area_code, subject=row, data=data)
    return row


def _numbers(row: Session) -> dict[str, Any]:
    given = Given._base_manager.filter(session=row).values_list("material", "number")
    return {"attended": row.attended, "minutes": row.minutes, "photos": len(row.photos),
            "given": {str(material): number for material, number in given}}  # fmt: skip


def _look_at(held: Held) -> None:
    if min([held.attended, *(number for _material, number in held.given)]) < 0 or held.minutes <= 0:
        raise Unacceptable(_("人数、份数不能是负数，时长要大于 0。"))
    if held.attended > MOST or any(number > MOST for _material, number in held.given):
        raise Unacceptable(_("最多填 %(most)d；请看看是不是多打了几位。") % {"most": MOST})
    if held.attended > MANY and not held.sure:
        raise Unacceptable(
            _("填了 %(number)d 人，比一般活动多得多；确实有这么多，请勾选“人数没有填错”再保存。")
            % {"number": held.attended}
        )
