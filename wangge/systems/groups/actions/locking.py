"""One at a time: whoever changes who is in a group holds the group's row."""

from __future__ import annotations

from typing import Any

from wangge.foundation.journal import actions as journal

from ..enums import PRESENT
from ..models import Group, Member
from ..rules import Declined, free_seat


def hand(member: Member) -> str:
    """How the trail names a member who acts without an account: the membership, never the person."""
    return f"groups.member:{member.pk}"


def locked(group: Group) -> Group:
    """The group's row, held until the transaction ends; two verbs on one group wait for each other."""
    return Group._base_manager.select_for_update().get(pk=group.pk)


def locked_member(member: Member, gone: str) -> Member:
    """The member's row as it is now, its group held.

    Raises:
        Declined: no longer in the group, in the words of ``gone``.
    """
    locked(member.group)
    row = Member._base_manager.select_related("group").get(pk=member.pk)
    if row.state not in PRESENT:
        raise Declined("gone", gone)
    return row


def seat_in(group: Group, column: str, most: int) -> int | None:
    """A free number of ``column`` in the group, None when all are taken."""
    taken = Member._base_manager.filter(group=group, **{f"{column}__isnull": False})
    return free_seat(list(taken.values_list(column, flat=True)), most)


def note(kind: str, actor: Any, member: Member, *, reason: str = "", **changes: Any) -> None:
    """The line of the trail, and the event, about one member."""
    journal.record(
        kind, actor=actor, area=member.group.area_code, subject=member, reason=reason,
        changes=changes, data={"group": member.group_id},
    )  # fmt: skip
