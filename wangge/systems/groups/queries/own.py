"""What the holder of a phone has: the groups she manages and those she joined, wherever they are."""

from __future__ import annotations

from django.db.models import QuerySet

from wangge.lib.scoping import EVERYWHERE, within

from ..enums import MANAGES, PRESENT, GroupState
from ..models import Member


def memberships(phone_index: str) -> list[Member]:
    """Every membership of this phone in a group that is not over, those she manages first."""
    with within(EVERYWHERE):
        found = _of(phone_index).exclude(group__state=GroupState.DISSOLVED)
        return sorted(found, key=lambda member: (member.role not in MANAGES, member.group_id))


def membership(phone_index: str, pk: int) -> Member | None:
    """One of her own memberships."""
    with within(EVERYWHERE):
        return _of(phone_index).filter(pk=pk).first()


def managed(phone_index: str, group: int) -> Member | None:
    """Her membership in a group that she manages."""
    with within(EVERYWHERE):
        return _of(phone_index).filter(group=group, role__in=MANAGES).order_by("pk").first()


def _of(phone_index: str) -> QuerySet[Member]:
    rows = Member.objects.select_related("group").filter(phone_index=phone_index)
    return rows.filter(state__in=PRESENT) if phone_index else rows.none()
