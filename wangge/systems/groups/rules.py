"""What may be done to a group, as small named sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.registry.people.rules import Declined as Declined  # for the pages

from .enums import (
    MANAGES,
    MOST_ADMINS,
    MOST_MEMBERS,
    PRESENT,
    TRANSITIONS,
    GroupState,
    MemberState,
    Role,
)
from .models import Group, Member
from .queries.terms import terms


def check_move(group: Group, to: str) -> None:
    """Raises Declined where the table of states knows no such step."""
    if to not in TRANSITIONS[group.state]:
        raise Declined(
            "state",
            _("团体现在是“%(state)s”，不能这样做。请刷新页面。") % {"state": group.get_state_display()},
        )


def check_open(group: Group) -> None:
    """Raises Declined unless the group is in use."""
    if group.state != GroupState.ACTIVE:
        raise Declined(
            "not_active", _("团体现在是“%(state)s”，不能这样做。") % {"state": group.get_state_display()}
        )


def manages(member: Member) -> bool:
    """Creators and admins who are present manage the group."""
    return member.role in MANAGES and member.state in PRESENT


def created(member: Member) -> bool:
    """Only the creator dissolves, hands over and names admins."""
    return member.role == Role.CREATOR and member.state in PRESENT


def free_seat(taken: Sequence[int | None], most: int) -> int | None:
    """The lowest number of 1 .. most that nobody sits on."""
    held = set(taken)
    return next((number for number in range(1, most + 1) if number not in held), None)


def full() -> Declined:
    """No seat is left."""
    return Declined("full", _("团体已满 %(count)d 人，不能再加入。") % {"count": MOST_MEMBERS})


def enough_admins() -> Declined:
    """No admin's seat is left."""
    return Declined("admins", _("管理员已有 %(count)d 名，请先取消一名管理员。") % {"count": MOST_ADMINS})


def may_leave_alone(member: Member, now: datetime | None = None) -> bool:
    """The application was not answered in time, so the member decides herself."""
    asked = member.leave_asked_at
    if member.state != MemberState.LEAVE_APPLIED or asked is None or member.role != Role.MEMBER:
        return False
    return (now or timezone.now()) >= asked + terms().answer
