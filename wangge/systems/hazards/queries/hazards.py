"""Hazards are cases of this system: those the actor may see, by what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.worklist import cases_for
from wangge.lib.figures import Period, within_area

from ..enums import SYSTEM, Level

SHOWS = ("open", "late", "major", "closed", "all")
ENDED = ("merged", "void")  # no hazard after all, or one that is kept under another number


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; empty is everything."""

    show: str = "open"
    kind: str = ""
    level: str = ""
    state: str = ""
    source: str = ""
    area: str = ""
    q: str = ""
    since: date | None = None
    until: date | None = None


def hazards_for(actor: Any) -> QuerySet[Case]:
    """The hazards of the reach that the actor may see."""
    return cases_for(actor).filter(system=SYSTEM)


def listed(actor: Any, wanted: Wanted) -> QuerySet[Case]:
    """Those asked for: what runs out first on top, closed ones by when they were closed."""
    rows = within_area(hazards_for(actor), wanted.area)
    for name in ("kind", "level", "state", "source"):
        value = getattr(wanted, name)
        rows = rows.filter(**{name: value}) if value else rows
    if wanted.q:
        text = wanted.q
        rows = rows.filter(Q(number=text) | Q(title__contains=text) | Q(address__contains=text))
    if wanted.since or wanted.until:
        period = Period(wanted.since or date(1990, 1, 1), wanted.until or date(2199, 1, 1))
        rows = rows.filter(period.during("raised_at"))
    return _ordered(_shown(rows, wanted.show), wanted.show).select_related("unit")


def _shown(rows: QuerySet[Case], show: str) -> QuerySet[Case]:
    if show == "all":
        return rows
    if show == "closed":
        return rows.exclude(closed_at=None)
    rows = rows.filter(closed_at=None)
    if show == "late":
        return rows.filter(late=True)
    return rows.filter(level=Level.MAJOR) if show == "major" else rows


def _ordered(rows: QuerySet[Case], show: str) -> QuerySet[Case]:
    if show in ("closed", "all"):
        return rows.order_by("-raised_at", "-pk")
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def counts(actor: Any, area: str) -> dict[str, int]:
    """How many each tab holds."""
    rows = within_area(hazards_for(actor), area)
    return {show: _shown(rows, show).count() for show in SHOWS}


def hazard_numbered(actor: Any, number: str) -> Case | None:
    """One of them by its number."""
    return hazards_for(actor).filter(number=number).first()
