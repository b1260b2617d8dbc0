"""Reads about rights: who reaches where, who may do what, who read whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.foundation.access.enums import MAY, RANK, Role
from wangge.foundation.access.models import Grant, Reading, User
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, NOWHERE, Reach, current_reach, prefix_filter, prefix_of, within

_CACHE = "_grants_in_force"


def grants_of(user: Any) -> list[Grant]:
    """The grants in force today; read once per user object (that is, once per request)."""
    if not isinstance(user, User) or not user.is_active:
        return []
    held = user.__dict__.get(_CACHE)
    if held is None:
        today = timezone.localdate()
        held = [grant for grant in Grant.objects.filter(user=user) if grant.holds_on(today)]
        user.__dict__[_CACHE] = held
    return held


def forget_grants(user: Any) -> None:
    """Read the grants of this object anew next time."""
    user.__dict__.pop(_CACHE, None)


def _reach(grants: list[Grant]) -> Reach:
    prefixes = sorted({prefix_of(grant.area_code) for grant in grants})
    kept = [code for code in prefixes if not any(code != up and code.startswith(up) for up in prefixes)]
    return Reach(tuple(kept)) if kept else NOWHERE


def reach_of(user: Any) -> Reach:
    """Everything the user may see at all: the areas of all its grants in force."""
    return _reach(grants_of(user))


def reach_for(user: Any, permission: str) -> Reach:
    """The areas in which the user holds this permission."""
    return _reach([grant for grant in grants_of(user) if permission in MAY[grant.role]])


def home_of(user: Any, permission: str) -> str:
    """The widest area in which the user holds this permission: where what she makes belongs. "" for none."""
    codes = [grant.area_code for grant in grants_of(user) if permission in MAY[grant.role]]
    return min(codes, key=lambda code: len(prefix_of(code)), default="")


def may(user: Any, permission: str, area_code: str | None = None) -> bool:
    """Whether the user holds the permission in this area (None: anywhere in its reach)."""
    reach = reach_for(user, permission)
    return bool(reach.prefixes) if area_code is None else reach.covers(area_code)


def permissions_of(user: Any) -> set[str]:
    """Every permission the user holds somewhere."""
    return {permission for grant in grants_of(user) for permission in MAY[grant.role]}


def roles_of(user: Any) -> list[Role]:
    """The roles the user holds today, the highest first."""
    held = {Role(grant.role) for grant in grants_of(user)}
    return sorted(held, key=lambda role: -RANK[role])


def users_within(
    reach: Reach, *, search: str = "", role: str = "", active: bool | None = None
) -> QuerySet[User]:
    """Accounts that belong to, or hold a grant in, the areas of ``reach``."""
    users = User.objects.all()
    if not reach.everywhere:
        inside = Grant.objects.filter(reach.q("area_code")).values("user_id")
        users = users.filter(reach.q("area_code") | Q(pk__in=inside))
    if search:
        users = users.filter(Q(username__icontains=search) | Q(name__icontains=search))
    if role:
        users = users.filter(pk__in=Grant.objects.filter(role=role).values("user_id"))
    if active is not None:
        users = users.filter(is_active=active)
    return users


def grants_inside(reach: Reach) -> QuerySet[Grant]:
    """The grants on areas in ``reach``, the newest first."""
    return Grant.objects.filter(reach.q("area_code")).order_by("-valid_from", "-id")


def workers_by_area(area: str) -> dict[str, list[str]]:
    """The account names of active grid workers by the area their grant names, inside ``area`` and the
    reach in force; one query."""
    today = timezone.localdate()
    held = Grant.objects.filter(
        current_reach().q("area_code"), prefix_filter("area_code", prefix_of(area)),
        Q(valid_to=None) | Q(valid_to__gt=today), role=Role.GRID_WORKER, user__is_active=True,
        valid_from__lte=today,
    )  # fmt: skip
    found: dict[str, set[str]] = {}
    for code, username, name in held.values_list("area_code", "user__username", "user__name"):
        found.setdefault(code, set()).add(f"{name}（{username}）" if name else username)
    return {code: sorted(names) for code, names in found.items()}


def named(subject: models.Model) -> tuple[str, str]:
    """How the trail and the read log name a row."""
    return subject._meta.label_lower, str(subject.pk)


def readings_of(subject: models.Model) -> QuerySet[Reading]:
    """Who read this person's data, the newest first."""
    what, which = named(subject)
    return Reading.objects.filter(subject_type=what, subject_id=which)


def areas_like(text: str) -> QuerySet[Area]:
    """Areas inside the reach in force whose code begins with, or whose name holds, what was typed."""
    return Area.objects.filter(Q(code__startswith=text) | Q(name__icontains=text)).order_by("code")


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """Code -> name of those of the areas that lie inside the reach in force."""
    return dict(Area.objects.filter(code__in=set(codes)).values_list("code", "name"))


def offices_of(usernames: Iterable[str]) -> dict[str, str]:
    """Account -> its highest role and that role's area, past ones too: what a resident reads when she asks
    who looked. No name of a person."""
    held: dict[str, Grant] = {}
    for grant in Grant.objects.filter(user__username__in=set(usernames)).select_related("user"):
        before = held.get(grant.user.username)
        if before is None or RANK[grant.role] >= RANK[before.role]:
            held[grant.user.username] = grant
    with within(EVERYWHERE):  # the name of an area is no secret
        names = area_names(grant.area_code for grant in held.values())
    return {
        name: f"{grant.get_role_display()} · {names.get(grant.area_code, grant.area_code)}"
        for name, grant in held.items()
    }
