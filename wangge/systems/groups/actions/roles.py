"""Who manages: admins, the creator's hand-over, removing somebody."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..enums import MOST_ADMINS, PRESENT, MemberState, Role
from ..models import Member
from ..rules import Declined, created, enough_admins
from .leave import end_membership
from .locking import hand, locked_member, note, seat_in

GONE = "这名成员已不在团体中。"


@transaction.atomic
def make_admin(*, creator: Member, member: Member) -> None:
    """The creator names an admin, five at most (spec 2.1).

    Raises:
        Declined: not the creator, no plain member, without a proved phone, or five admins already.
    """
    _only_creator(creator)
    row = locked_member(member, _(GONE))
    if row.role != Role.MEMBER:
        raise Declined("role", _("这名成员已经是管理员。"))
    if not row.phone_proved:
        raise Declined("phone", _("这名成员没有验证过手机，不能担任管理员。"))
    seat = seat_in(row.group, "admin_seat", MOST_ADMINS)
    if seat is None:
        raise enough_admins()
    row.role, row.admin_seat = Role.ADMIN, seat
    try:
        with transaction.atomic():
            row.save(update_fields=["role", "admin_seat"])
    except IntegrityError as error:
        raise enough_admins() from error
    note("group.admin_made", hand(creator), row)


@transaction.atomic
def remove_admin(*, creator: Member, member: Member) -> None:
    """The creator takes an admin's right back; the member stays.

    Raises:
        Declined: not the creator, or no admin.
    """
    _only_creator(creator)
    row = locked_member(member, _(GONE))
    if row.role != Role.ADMIN:
        raise Declined("role", _("这名成员不是管理员。"))
    row.role, row.admin_seat = Role.MEMBER, None
    row.save(update_fields=["role", "admin_seat"])
    note("group.admin_removed", hand(creator), row)


@transaction.atomic
def hand_over(*, creator: Member, member: Member) -> None:
    """The creator makes another member the creator and becomes a plain member herself. The page asks for a
    fresh code first.

    Raises:
        Declined: not the creator, the other is gone or has no proved phone.
    """
    giver = locked_member(creator, _("您已不在这个团体中。"))
    _only_creator(giver)
    _swap(hand(giver), giver, locked_member(member, _(GONE)), "")


@transaction.atomic
def appoint_creator(*, actor: Any, member: Member, reason: str) -> None:
    """The community makes a member the creator, because the one before cannot hand over herself.

    Raises:
        Declined: no reason, the member is gone, is the creator already, or has no proved phone.
    """
    taker = locked_member(member, _(GONE))
    if len(reason.strip()) < 2:
        raise Declined("no_reason", _("请写明更换创建人的理由。"))
    giver = Member._base_manager.get(group=taker.group_id, role=Role.CREATOR, state__in=PRESENT)
    _swap(actor, giver, taker, reason)


def _swap(actor: Any, giver: Member, taker: Member, reason: str) -> None:
    if taker.pk == giver.pk or not taker.phone_proved:
        raise Declined("phone", _("只能移交给验证过手机的其他成员。"))
    giver.role = Role.MEMBER
    giver.save(update_fields=["role"])
    taker.role, taker.admin_seat = Role.CREATOR, None
    taker.save(update_fields=["role", "admin_seat"])
    note("group.handed_over", actor, taker, reason=reason, giver=giver.pk)


@transaction.atomic
def remove_member(*, actor: Any, member: Member, reason: str) -> None:
    """Take a member out, with a reason. An admin's right is taken back first (spec 2.1).

    Raises:
        Declined: an admin or the creator, no reason, or gone already.
    """
    row = locked_member(member, _(GONE))
    if row.role == Role.ADMIN:
        raise Declined("admin", _("请先取消这名成员的管理员权限，再移出。"))
    if row.role == Role.CREATOR:
        raise Declined("creator", _("创建人不能移出；请先移交创建人。"))
    if len(reason.strip()) < 2:
        raise Declined("no_reason", _("请写明移出的理由。"))
    end_membership(row, MemberState.REMOVED, actor, reason)
    note("group.member_removed", actor, row, reason=reason)


def _only_creator(member: Member) -> None:
    if not created(member):
        raise Declined("not_creator", _("只有创建人可以这样做。"))
