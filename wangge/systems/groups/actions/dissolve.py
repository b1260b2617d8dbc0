"""A group ends: asked for by its creator, carried out after a time, erased after its retention."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal

from ..enums import PRESENT, GroupState, MemberState
from ..models import Group, Member
from ..queries.terms import terms
from ..rules import Declined, check_move, created
from .leave import end_membership
from .locking import hand, locked


@transaction.atomic
def request_dissolution(*, creator: Member, risk_read: bool) -> Group:
    """The creator, whose phone was proved anew, ends the group; members are told by the event's reaction.

    Raises:
        Declined: not the creator, the risk notice was not confirmed, or the group is not in use.
    """
    group = locked(creator.group)
    if not created(creator):
        raise Declined("not_creator", _("只有创建人可以解散团体。"))
    if not risk_read:
        raise Declined("risk", _("请先阅读并勾选解散的后果。"))
    check_move(group, GroupState.DISSOLVE_REQUESTED)
    group.state, group.dissolve_at = GroupState.DISSOLVE_REQUESTED, timezone.now() + terms().dissolve
    group.save(update_fields=["state", "dissolve_at"])
    group.invitations.filter(revoked_at=None).update(revoked_at=timezone.now())
    journal.record("group.dissolve_requested", actor=hand(creator), area=group.area_code, subject=group)
    return group


@transaction.atomic
def withdraw_dissolution(*, creator: Member) -> Group:
    """The creator takes the request back before it is carried out.

    Raises:
        Declined: not the creator, or nothing to take back.
    """
    group = locked(creator.group)
    if not created(creator):
        raise Declined("not_creator", _("只有创建人可以撤回解散。"))
    if group.state != GroupState.DISSOLVE_REQUESTED:
        raise Declined("state", _("没有可以撤回的解散申请。"))
    group.state, group.dissolve_at = GroupState.ACTIVE, None
    group.save(update_fields=["state", "dissolve_at"])
    journal.record("group.dissolve_withdrawn", actor=hand(creator), area=group.area_code, subject=group)
    return group


def carry_out_due() -> int:
    """The clock's: dissolve what was asked for and not taken back, and idle drafts; returns how many."""
    due = Group._base_manager.filter(_due())
    return sum(_dissolve(group) for group in due)


def _due() -> Q:
    """Requests whose time is over, and drafts that nobody put into use."""
    now = timezone.now()
    asked = Q(state=GroupState.DISSOLVE_REQUESTED, dissolve_at__lte=now)
    return asked | Q(state=GroupState.DRAFT, made_at__lte=now - terms().draft)


@transaction.atomic
def _dissolve(group: Group) -> bool:
    row, now = locked(group), timezone.now()
    if not Group._base_manager.filter(_due(), pk=row.pk).exists():
        return False  # taken back, put into use, or done by another worker, since the look
    check_move(row, GroupState.DISSOLVED)
    here = list(Member._base_manager.select_related("group").filter(group=row, state__in=PRESENT))
    for member in here:
        end_membership(member, MemberState.LEFT, "system", "")
    row.state, row.dissolved_at = GroupState.DISSOLVED, now
    row.erase_on = timezone.localdate(now) + terms().kept
    row.save(update_fields=["state", "dissolved_at", "erase_on"])
    data = {"members": len(here), "erase_on": row.erase_on}
    journal.record("group.dissolved", actor="system", area=row.area_code, subject=row, data=data)
    return True


def erase_due() -> int:
    """The clock's: erase what groups and former members left behind when their retention is over."""
    today = timezone.localdate()
    due = Group._base_manager.filter(state=GroupState.DISSOLVED, erase_on__lte=today, erased_at=None)
    erased = sum(_erase(group) for group in due)
    return erased + _erase_former(timezone.now() - terms().kept)


@transaction.atomic
def _erase(group: Group) -> int:
    row = locked(group)
    members = Member._base_manager.filter(group=row).delete()[0]
    for left in (row.invitations, row.rules, row.reconciliations):
        left.all().delete()
    row.erased_at = timezone.now()
    row.save(update_fields=["erased_at"])
    journal.record("group.erased", actor="system", area=row.area_code, subject=row, data={"members": members})
    return members


def _erase_former(before: object) -> int:
    """Members who left a living group long enough ago; the trail keeps that somebody left, not who."""
    gone = Q(state__in=[MemberState.LEFT, MemberState.REMOVED], ended_at__lt=before)
    return Member._base_manager.filter(gone).exclude(group__state=GroupState.DISSOLVED).delete()[0]
