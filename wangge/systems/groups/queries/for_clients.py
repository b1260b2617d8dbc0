"""Reads of groups for programs: by key, masked."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wangge.lib.masking import mask_name, mask_phone
from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import PRESENT, GroupState
from ..models import Group, Member, Reconciliation

_HERE = Q(members__state__in=PRESENT)


def groups_before(key: int, *, area: str = "", state: str = "", type: str = "") -> QuerySet:
    """Groups with a smaller key, the newest first, those not dissolved where no ``state`` is asked; ``key`` 0
    begins at the newest."""
    found = all_groups().filter(prefix_filter("area_code", prefix_of(area)))
    wanted = {"state": state, "type": type, "pk__lt": key}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    return (found if state else found.exclude(state=GroupState.DISSOLVED)).order_by("-pk")


def all_groups() -> QuerySet:
    """Groups in reach with their numbers."""
    newest = Reconciliation.objects.filter(group=OuterRef("pk")).order_by("-pk")
    return Group.objects.select_related("organisation").annotate(
        present=Count("members", filter=_HERE),
        staff_in=Count("members", filter=_HERE & Q(members__as_staff=True)),
        listed=Subquery(newest.values("listed")[:1]),
    )


def members_before(group: Group, key: int) -> QuerySet:
    """Who is in the group with a smaller key, the newest first."""
    here = Member.objects.select_related("group").filter(group=group, state__in=PRESENT)
    return (here.filter(pk__lt=key) if key else here).order_by("-pk")


def told_of_group(row: Any) -> dict[str, Any]:
    """A group of ``groups_before`` as a program sees it."""
    return {
        "id": row.pk,
        "name": row.name,
        "type": row.type,
        "area": row.area_code,
        "address": row.address,
        "uscc": (row.organisation.uscc or "") if row.organisation else "",
        "state": row.state,
        "members": row.present,
        "staff": row.staff_in,
        "listed": row.listed,
        "made_at": row.made_at,
        "activated_at": row.activated_at,
        "dissolved_at": row.dissolved_at,
    }


def told_of_member(row: Member) -> dict[str, Any]:
    """A member as a program sees her: masked, always."""
    return {
        "name": mask_name(row.name),
        "phone": mask_phone(row.phone),
        "role": row.role,
        "state": row.state,
        "as_staff": row.as_staff,
        "on_list": row.on_list,
        "joined_at": row.joined_at,
    }
