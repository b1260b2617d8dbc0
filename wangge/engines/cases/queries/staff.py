"""Units as their pages show them: load, members, the month's roster."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.foundation.territory.queries import names_of

from ..models import Case, Unit, UnitMember
from .choices import duty_names


@dataclass(frozen=True)
class UnitLine:
    """A unit with its numbers; ``late`` are of its open cases."""

    unit: Unit
    area: str
    members: int
    duty: list[str]
    load: int
    late: int


def unit_lines() -> list[UnitLine]:
    """Every unit of the reach, those in use first."""
    units = list(Unit.objects.order_by("-active", "area_code", "name"))
    names, duty = names_of({unit.area_code for unit in units}), duty_names(units)
    load, staff = _load(units), _staff(units)
    return [
        UnitLine(
            unit, names.get(unit.area_code, unit.area_code), staff.get(unit.pk, 0), duty.get(unit.pk, []),
            *load.get(unit.pk, (0, 0)),
        )
        for unit in units
    ]  # fmt: skip


def _load(units: list[Unit]) -> dict[int, tuple[int, int]]:
    late = Count("pk", filter=Q(due_at__lt=timezone.now()))
    rows = Case._base_manager.filter(unit__in=units, closed_at=None).values("unit")
    return {row["unit"]: (row["n"], row["late"]) for row in rows.annotate(n=Count("pk"), late=late)}


def _staff(units: list[Unit]) -> dict[int, int]:
    rows = _now(UnitMember.objects.filter(unit__in=units)).values("unit").annotate(n=Count("pk"))
    return {row["unit"]: row["n"] for row in rows}


def _now(rows: QuerySet[UnitMember]) -> QuerySet[UnitMember]:
    today = timezone.localdate()
    return rows.filter(Q(until=None) | Q(until__gt=today))


def members_of(unit: Unit) -> list[UnitMember]:
    """Who handles for it now or soon, by name."""
    return list(_now(unit.members.select_related("user")).order_by("user__name", "user__username"))


@dataclass(frozen=True)
class RosterLine:
    """A day and who is on duty, as (key, name, whether she is)."""

    day: date
    rest: bool
    people: list[tuple[int, str, bool]] = field(default_factory=list)


def month_days(month: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    return month.replace(day=1), month.replace(day=monthrange(month.year, month.month)[1])


def roster_lines(unit: Unit, month: date, chosen: set[tuple[date, int]] | None = None) -> list[RosterLine]:
    """The month day by day.

    Args:
        chosen: what is shown instead of what is held, such as a paste that is not saved yet.
    """
    first, last = month_days(month)
    held = set(unit.roster.filter(day__range=(first, last)).values_list("day", "user_id"))
    held, people = held if chosen is None else chosen, roster_people(unit, month)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return [
        RosterLine(day, day.weekday() > 4, [(user.pk, user.name, (day, user.pk) in held) for user in people])
        for day in days
    ]


def roster_people(unit: Unit, month: date) -> list[User]:
    """Who may be on duty in a month: members in it, and whoever stands on the roster already."""
    first, last = month_days(month)
    members = unit.members.filter(Q(until=None) | Q(until__gt=first), since__lte=last).values("user")
    rows = unit.roster.filter(day__range=(first, last)).values("user")
    return list(User.objects.filter(Q(pk__in=members) | Q(pk__in=rows)).order_by("name", "username"))


def called(people: list[User]) -> dict[str, list[int]]:
    """Name and account → keys, for reading what was pasted."""
    found: dict[str, list[int]] = defaultdict(list)
    for user in people:
        for name in {user.name, user.username}:
            found[name].append(user.pk)
    return found
