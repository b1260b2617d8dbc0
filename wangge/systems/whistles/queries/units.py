"""Which units can be called to a place, and who would hear of it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from wangge.engines.cases.models import Unit, UnitMember
from wangge.engines.cases.queries.choices import duty_names
from wangge.engines.cases.queries.procedures import procedure_now
from wangge.lib.scoping import prefix_of

from ..enums import CLOCKS
from .terms import due_at


@dataclass(frozen=True)
class Told:
    """A unit as the preview shows it: who hears, and by when if it were approved now."""

    unit: Unit
    lead: bool
    members: int
    duty: list[str]
    due: dict[str, datetime | None]


def units_at(area: str) -> list[Unit]:
    """Active units that work at a place; none named, those of every place of the reach's district."""
    prefixes = {prefix_of(area)[:digits] for digits in (6, 9, 12, 15)} if area else None
    rows = Unit._base_manager.filter(active=True).order_by("kind", "name")
    return [unit for unit in rows if prefixes is None or prefix_of(unit.area_code) in prefixes]


def members_of(units: list[Unit]) -> dict[int, int]:
    """How many handle for each unit today."""
    today = timezone.localdate()
    rows = UnitMember.objects.filter(
        Q(until=None) | Q(until__gt=today), unit__in=units, since__lte=today, user__is_active=True
    )
    return {row["unit"]: row["n"] for row in rows.values("unit").annotate(n=Count("user", distinct=True))}


def preview(units: list[Unit], lead: Unit | None, level: str) -> list[Told]:
    """Who would be told, the lead first; the contact's end as if it were signed at once."""
    procedure, now = procedure_now("whistle"), timezone.now()
    due = {clock: due_at(procedure, level or procedure.first_level, clock, now) for clock in CLOCKS}
    members, duty = members_of(units), duty_names(units)
    told = [Told(u, u == lead, members.get(u.pk, 0), duty.get(u.pk, []), due) for u in units]
    return sorted(told, key=lambda each: not each.lead)
