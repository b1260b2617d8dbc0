"""Who is named for a kind of hazard."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from wangge.engines.cases.enums import UnitKind
from wangge.engines.cases.models import Case, Step, Unit
from wangge.engines.cases.queries.units import units_for

from ..enums import SYSTEM, Level


def authority_of(case: Case) -> Unit | None:
    """The department named for this kind of hazard: one whose classes hold the kind, the nearest first."""
    named = [unit for unit in units_for(case) if case.kind in unit.classes]
    return next((unit for unit in named if unit.kind == UnitKind.DEPARTMENT), None)


def untold() -> QuerySet[Case]:
    """Open major hazards that nobody reported yet."""
    rows = Case._base_manager.filter(system=SYSTEM, level=Level.MAJOR, closed_at=None)
    return rows.exclude(Exists(Step.objects.filter(case=OuterRef("pk"), key="report"))).order_by("pk")
