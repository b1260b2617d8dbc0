"""Units: whose they are, what they carry, which one a case should go to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wangge.lib.scoping import prefix_of

from ..kinds import takes_any_unit
from ..models import Case, RosterDay, Unit, UnitMember

REMEMBERED = timedelta(days=365)


def units_of(user: Any, day: date | None = None) -> set[int]:
    """The units a user handles for today."""
    if isinstance(user, str) or not user.pk:
        return set()
    day = day or timezone.localdate()
    rows = UnitMember.objects.filter(Q(until=None) | Q(until__gt=day), user=user, since__lte=day)
    return set(rows.values_list("unit_id", flat=True))


def units_for(case: Case) -> list[Unit]:
    """Active units that work where the case is and take its kind, the narrowest area first."""
    return _narrowest_first(case.area_code, lambda unit: takes(unit, case))


def units_at(area: str, kind: str) -> list[Unit]:
    """Active units that work in an area and take a kind, the narrowest area first."""
    return _narrowest_first(area, lambda unit: not unit.classes or kind in unit.classes)


def _narrowest_first(area: str, able: Callable[[Unit], bool]) -> list[Unit]:
    prefixes = {prefix_of(area)[:digits] for digits in (6, 9, 12, 15)}
    rows = [unit for unit in Unit._base_manager.filter(active=True) if prefix_of(unit.area_code) in prefixes]
    found = filter(able, rows)
    return sorted(found, key=lambda unit: (-len(prefix_of(unit.area_code)), not unit.classes, unit.name))


def takes(unit: Unit, case: Case) -> bool:
    """Whether a case's kind is one of the unit's classes, or its system asks units of every class."""
    return not unit.classes or case.kind in unit.classes or takes_any_unit(case)


def load_of(units: list[Unit]) -> dict[int, int]:
    """Open cases of each unit."""
    rows = Case._base_manager.filter(unit__in=units, closed_at=None).values("unit").annotate(n=Count("pk"))
    return {row["unit"]: row["n"] for row in rows}


def on_duty(unit: Unit, day: date | None = None) -> QuerySet[RosterDay]:
    """Who answers for the unit on a day (today)."""
    return RosterDay.objects.filter(unit=unit, day=day or timezone.localdate()).select_related("user")


def used_before(case: Case) -> dict[int, int]:
    """How many cases of this kind nearby each unit handled within a year: the community, else the town."""
    since = timezone.now() - REMEMBERED
    rows = Case._base_manager.filter(
        system=case.system, kind=case.kind, raised_at__gte=since, unit__isnull=False
    ).exclude(pk=case.pk)
    for digits in (12, 9, 6):
        near = rows.filter(area_code__startswith=prefix_of(case.area_code)[:digits])
        found = {row["unit"]: row["n"] for row in near.values("unit").annotate(n=Count("pk"))}
        if found:
            return found
    return {}


def suggested(case: Case) -> list[tuple[Unit, int, int]]:
    """Units for a case: (unit, cases like it within a year, open cases now), the likeliest first."""
    units = units_for(case)
    before, load = used_before(case), load_of(units)
    told = [(unit, before.get(unit.pk, 0), load.get(unit.pk, 0)) for unit in units]
    return sorted(told, key=lambda line: -line[1])  # stable: then the narrowest area
