"""整改通知书: telling somebody in writing is a step of the hazard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..models import Notice


@dataclass(frozen=True)
class Told:
    """What the notice says. ``until``: the last day."""

    op: UUID
    receiver: str
    content: str
    standard: str
    until: date


@transaction.atomic
def issue_notice(*, actor: Any, case: Case, told: Told, seen: int | None = None) -> Notice:
    """Issue a notice and take the step 告知 with its limit; the same op again is the same notice.

    Args:
        seen: the last step of the case the actor saw.

    Raises:
        NotNow, Stale, Refused, Unacceptable: what ``take_step`` raises; or nothing to put right is said.
    """
    known = Notice._base_manager.filter(op=told.op).first()
    if known is not None:
        return _same(known, told)
    if not told.content.strip() or not told.standard.strip() or not told.receiver.strip():
        raise Unacceptable(_("请写清楚送达谁、要改什么、改到什么标准。"))
    end = timezone.make_aware(datetime.combine(told.until + timedelta(days=1), time.min))
    number = f"{case.number}-{Notice._base_manager.filter(case=case).count() + 1}"
    wish = Wish(
        "tell", told.op, seen, words=told.content[:2000], until=end - timedelta(seconds=1),
        data={"notice": number, "standard": told.standard, "until": told.until.isoformat()},
    )  # fmt: skip
    take_step(actor=actor, case=case, wish=wish)
    row = Notice.objects.create(
        op=told.op, case=case, number=number, area_code=case.area_code, receiver=told.receiver.strip()[:120],
        content=told.content.strip()[:1000], standard=told.standard.strip()[:500], until=told.until,
        at=timezone.now(), account=journal.account_of(actor), name=getattr(actor, "name", ""),
    )  # fmt: skip
    data = {"number": number, "until": told.until.isoformat()}
    journal.record("hazard.notice_issued", actor=actor, area=case.area_code, subject=row, data=data)
    return row


def _same(known: Notice, told: Told) -> Notice:
    if (known.content, known.until) != (told.content.strip()[:1000], told.until):
        raise Unacceptable(_("这份通知书已经发出，内容不同；请刷新后再开。"))
    return known
