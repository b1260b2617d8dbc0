"""Groups of an area."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import EMPLOYS, MANAGES, PRESENT, GroupState, MemberState
from ..models import Group, Member

_HERE = Q(members__state__in=PRESENT)


def groups(*, area: str = "", state: str = "", type: str = "", text: str = "") -> QuerySet[Group]:
    """The groups in reach, the newest first, each with how many are ``present`` and ``leaving``."""
    found = Group.objects.filter(prefix_filter("area_code", prefix_of(area)))
    found = (
        found.filter(state=state) if state in GroupState.values else found.exclude(state=GroupState.DISSOLVED)
    )
    found = found.filter(type=type) if type else found
    found = found.filter(Q(name__contains=text) | Q(uscc=text.upper())) if text else found
    return found.select_related("organisation").annotate(
        present=Count("members", filter=_HERE),
        leaving=Count("members", filter=Q(members__state=MemberState.LEAVE_APPLIED)),
    ).order_by("-id")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One group of a list, and where it is."""

    group: Group
    place: str

    @property
    def employs(self) -> bool:
        """Whether an organisation of the register belongs to it."""
        return self.group.type in EMPLOYS


def lines(rows: list[Group]) -> list[Line]:
    """The groups with the names of their areas."""
    names = territory.names_of({row.area_code for row in rows})
    return [Line(row, territory.short_name(names.get(row.area_code, row.area_code))) for row in rows]


def managers(group: Group) -> QuerySet[Member]:
    """Creator first, then admins by seat."""
    return group.members.filter(role__in=MANAGES, state__in=PRESENT).order_by(
        F("admin_seat").asc(nulls_first=True)
    )


def creator(group: Group) -> Member | None:
    """Who created the group, or took it over."""
    return managers(group).filter(role="creator").first()


def same_organisation(group: Group) -> QuerySet[Group]:
    """Other groups in use that stand for the same organisation."""
    others = Group.objects.filter(organisation=group.organisation_id).exclude(pk=group.pk)
    return others.exclude(state=GroupState.DISSOLVED) if group.organisation_id else Group.objects.none()
