"""一户一档: all inspections, hazards and notices of a room, a building or a firm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Building, Tie

from ..models import FireProfile, Inspection, Notice, Result
from .about import About
from .hazards import hazards_for

MOST = 100
OLD = 80  # years


@dataclass(frozen=True)
class File:
    """What is kept of one house or firm, the newest first."""

    inspections: list[Inspection]
    hazards: list[Case]
    notices: list[Notice]

    @property
    def open(self) -> int:
        """Hazards that are not closed."""
        return sum(case.closed_at is None for case in self.hazards)


def file_of(actor: Any, about: About) -> File:
    """All of it, at most a hundred of each; of a building also that of its rooms and firms."""
    inside = {"rooms": Q(room=about.row), "buildings": Q(building=about.row)}.get(
        about.what, Q(organisation=about.row)
    )
    hazards = hazards_for(actor).filter(inside)
    inspections = Inspection.objects.filter(inside).select_related("version__form", "room", "organisation")
    notices = Notice.objects.filter(case__in=hazards.values("pk")).select_related("case")
    return File(
        list(inspections.defer("version__workbook", "version__xform").order_by("-at")[:MOST]),
        list(hazards.order_by("-raised_at")[:MOST]), list(notices.order_by("-at")[:MOST]),
    )  # fmt: skip


def results_of(inspection: Inspection) -> QuerySet[Result]:
    """Every item of it, with its hazard."""
    return Result.objects.filter(inspection=inspection).select_related("case").order_by("pk")


def profile_of(building: Building) -> FireProfile | None:
    """What is known of it against fire."""
    return FireProfile.objects.filter(building=building).first()


def residents_by_floor(building: Building) -> list[tuple[str, int, int]]:
    """Floor, residents, residents of eighty and more: counts of the register, the lowest floor first."""
    homes = Tie.objects.filter(kind=TieKind.LIVES, known_to=None, valid_to=None, room__building=building)
    today = timezone.localdate()
    born = date(today.year - OLD, today.month, min(today.day, 28))
    rows = homes.values("room__floor").annotate(
        people=Count("person", distinct=True),
        old=Count("person", distinct=True, filter=Q(person__birth__lte=born)),
    )
    found = [(str(row["room__floor"] or ""), row["people"], row["old"]) for row in rows.order_by()]
    return sorted(
        found, key=lambda line: (not line[0].isdecimal(), int(line[0]) if line[0].isdecimal() else 0, line[0])
    )
