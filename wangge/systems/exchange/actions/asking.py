"""A request is made, agreed to or declined, and ended (S38)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.actions import without_personal

from ..enums import OPEN, Field, State
from ..models import ShareRequest
from ..rules import asks_from, may_agree, may_ask, may_close

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    """What a community asks: with whom, what for, on what grounds, which facts, until when."""

    op: UUID
    area: str
    office: str
    purpose: str
    basis: str
    expires_on: date
    fields: tuple[str, ...] = ()
    example: bool = False


def ask(*, actor: Any, asked: Asked, demo: bool = False) -> ShareRequest:
    """Make a request; the same op again is the same request.

    Raises:
        Refused: the area is not the actor's. Unacceptable: no purpose or basis, or a day that cannot be.
    """
    known = ShareRequest._base_manager.filter(op=asked.op).first()
    if known is not None:
        return known
    _check(actor, asked)
    try:
        with transaction.atomic():
            return _made(actor, asked, demo)
    except IntegrityError:  # the same op at the same moment
        return ShareRequest._base_manager.get(op=asked.op)


def _check(actor: Any, asked: Asked) -> None:
    if not may_ask(actor, asked.area):
        raise Refused(_("这个区域不在您的辖区，不能替它申请。"))
    if len(asked.purpose.strip()) < 4 or not asked.basis.strip() or not asked.office.strip():
        raise Unacceptable(_("请写明和谁共享、目的和依据。"))
    if not timezone.localdate() <= asked.expires_on <= timezone.localdate() + LONGEST:
        raise Unacceptable(_("有效期从今天起，最长一年。"))
    if not set(asked.fields) <= set(Field.values):
        raise Unacceptable(_("有的比对项目不能共享，请重新选。"))


def _made(actor: Any, asked: Asked, demo: bool) -> ShareRequest:
    row = ShareRequest._base_manager.create(
        op=asked.op, area_code=asked.area, office=without_personal(asked.office.strip())[:60],
        purpose=without_personal(asked.purpose.strip())[:200],
        basis=without_personal(asked.basis.strip())[:200],
        fields=["id_no", *asked.fields], expires_on=asked.expires_on, state=State.ASKED,
        asked_from=asks_from(actor, asked.area), asked_by=journal.account_of(actor),
        asked_at=timezone.now(), example=asked.example, demo=demo,
    )  # fmt: skip
    data = {"office": row.office, "fields": row.fields, "expires_on": row.expires_on.isoformat()}
    journal.record("exchange.requested", actor=actor, area=row.area_code, subject=row, reason=row.purpose,
                   data=data)  # fmt: skip
    return row


@transaction.atomic
def decide(*, actor: Any, share: ShareRequest, agreed: bool, reason: str = "") -> ShareRequest:
    """Agree to a request or decline it; the same answer of the same hand again changes nothing.

    Raises:
        Refused: one's own request, or nobody above the asker. Unacceptable: decided already, past its day, or
        declined without a reason.
    """
    row = ShareRequest._base_manager.select_for_update().get(pk=share.pk)
    if not may_agree(actor, row):
        raise Refused(_("不能审批自己的申请，也不能审批同级的；要由上一级（镇街或区）审批。"))
    state, by = State.APPROVED if agreed else State.DECLINED, journal.account_of(actor)
    if row.decided_by == by and (row.state == State.DECLINED) != agreed:
        return row  # sent twice
    _decidable(row, agreed, reason)
    row.state, row.decided_by, row.decided_at = state, by, timezone.now()
    row.reason = without_personal(reason.strip())[:200]
    if not agreed:
        row.closed_by, row.closed_at = row.decided_by, row.decided_at
    row.save()
    kind = "exchange.approved" if agreed else "exchange.declined"
    journal.record(kind, actor=actor, area=row.area_code, subject=row, reason=row.reason)
    return row


def _decidable(row: ShareRequest, agreed: bool, reason: str) -> None:
    if row.state != State.ASKED:
        state = row.get_state_display()
        raise Unacceptable(_("这份申请现在是“%(state)s”，不用再审批。") % {"state": state})
    if row.expires_on < timezone.localdate():
        raise Unacceptable(_("这份申请已过有效期，请申请的人重新提出。"))
    if not agreed and len(reason.strip()) < 2:
        raise Unacceptable(_("不同意请写明理由。"))


@transaction.atomic
def end(*, actor: Any, share: ShareRequest) -> ShareRequest:
    """Withdraw what was asked, end what was agreed to; again changes nothing.

    Raises:
        Refused: neither the asker's side nor who may agree.
    """
    row = ShareRequest._base_manager.select_for_update().get(pk=share.pk)
    if not may_close(actor, row):
        raise Refused(_("这份申请不在您的辖区。"))
    if row.state not in OPEN:
        return row
    return close(actor, row, State.WITHDRAWN if row.state == State.ASKED else State.ENDED)


def close(actor: Any, row: ShareRequest, state: State) -> ShareRequest:
    """Write the end of a locked row, in the caller's transaction."""
    row.state, row.closed_by, row.closed_at = state, journal.account_of(actor), timezone.now()
    row.save(update_fields=["state", "closed_by", "closed_at"])
    data = {"state": str(state)}
    journal.record("exchange.ended", actor=actor, area=row.area_code, subject=row, data=data)
    return row
