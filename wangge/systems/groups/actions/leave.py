"""Leaving: applied for, decided with a reason, or done alone when nobody answers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.registry.people.actions import end_tie
from wangge.registry.people.enums import Source, TieKind
from wangge.registry.people.models import Tie

from ..enums import MemberState, Role
from ..models import Member
from ..rules import Declined, may_leave_alone
from .locking import hand, locked_member, note

GONE = "您已不在这个团体中。"
ENDED = ["state", "seat", "admin_seat", "role", "ended_at", "decided_at", "decided_by", "decision_reason"]


@transaction.atomic
def apply_to_leave(*, member: Member, reason: str) -> None:
    """The member asks to leave; asking again changes nothing.

    Raises:
        Declined: the creator (hand over or dissolve first), an admin (give the right back first), or gone.
    """
    row = locked_member(member, _(GONE))
    if row.role == Role.CREATOR:
        raise Declined("creator", _("创建人不能退出；请先移交创建人，或解散团体。"))
    if row.role == Role.ADMIN:
        raise Declined("admin", _("管理员不能直接退出；请先请创建人取消您的管理员权限。"))
    if row.state == MemberState.LEAVE_APPLIED:
        return
    row.state, row.leave_asked_at, row.leave_reason = MemberState.LEAVE_APPLIED, timezone.now(), reason[:200]
    row.decision_reason = ""
    row.save(update_fields=["state", "leave_asked_at", "leave_reason", "decision_reason"])
    note("group.leave_applied", hand(row), row)


@transaction.atomic
def decide_leave(*, actor: Any, member: Member, agreed: bool, reason: str = "") -> None:
    """Answer an application; a refusal needs a reason, which the member reads (spec 2.1).

    Raises:
        Declined: nothing to decide, or refused without a reason.
    """
    row = locked_member(member, _("这名成员已不在团体中。"))
    if row.state != MemberState.LEAVE_APPLIED:
        raise Declined("nothing", _("这名成员没有申请退出，或申请已经有了答复。"))
    if not agreed and len(reason.strip()) < 2:
        raise Declined("no_reason", _("不同意退出必须写明理由。"))
    if agreed:
        end_membership(row, MemberState.LEFT, actor, reason)
        note("group.member_left", actor, row, reason=reason, agreed=True)
        return
    row.state, row.leave_asked_at = MemberState.ACTIVE, None
    row.decided_at, row.decided_by, row.decision_reason = (
        timezone.now(),
        journal.account_of(actor),
        reason[:200],
    )
    row.save(update_fields=["state", "leave_asked_at", "decided_at", "decided_by", "decision_reason"])
    note("group.leave_refused", actor, row, reason=reason)


@transaction.atomic
def leave_alone(*, member: Member) -> None:
    """Nobody answered within the district's days: the member leaves by herself.

    Raises:
        Declined: the time is not over, or nothing was asked.
    """
    row = locked_member(member, _(GONE))
    if not may_leave_alone(row):
        raise Declined("too_early", _("还没有到可以自行退出的时间，请等待管理员答复。"))
    end_membership(row, MemberState.LEFT, hand(row), "")
    note("group.member_left", hand(row), row, agreed=False)


def end_membership(row: Member, state: str, actor: Any, reason: str) -> None:
    """The member's seat is free from now on, and the tie to the organisation that joining began ends."""
    row.state, row.seat, row.admin_seat, row.role = state, None, None, Role.MEMBER
    row.ended_at = row.decided_at = timezone.now()
    row.decided_by, row.decision_reason = journal.account_of(actor), reason[:200]
    row.save(update_fields=ENDED)
    end_work(row, actor)


def end_work(row: Member, actor: Any) -> None:
    """End the tie that this membership began; one the register knew before stays."""
    if not row.tie_begun or row.person_id is None:
        return
    ties = Tie._base_manager.filter(
        person=row.person_id, organisation=row.group.organisation_id, kind=TieKind.WORKS,
        known_to=None, valid_to=None,
    )  # fmt: skip
    for tie in ties.select_for_update():
        on = max(timezone.localdate(), tie.valid_from or timezone.localdate())
        end_tie(actor=actor, tie=tie, on=on, source=Source.SELF)
    row.tie_begun = False
    row.save(update_fields=["tie_begun"])
