"""The rows behind the figures of whistles (spec 4.2), each limited to the reach in force."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from wangge.engines.cases.enums import NO_MATTER
from wangge.engines.cases.models import Case
from wangge.lib.figures import Counted, Period

from ..enums import CLOCKS, SYSTEM
from ..models import Call, Score
from ..models.whistle import DONE_AT


def calls() -> QuerySet[Call]:
    """All calls, with where their whistle was blown."""
    return Call.objects.annotate(area_code=F("whistle__case__area_code"))


def blown() -> QuerySet[Case]:
    """All whistles; those declined or withdrawn are none."""
    return Case.objects.filter(system=SYSTEM).exclude(state__in=NO_MATTER)


def others() -> QuerySet[Case]:
    """The matters of all other systems; none that came to nothing, or is kept under another number."""
    return Case.objects.filter(merged_into=None).exclude(system=SYSTEM).exclude(state__in=NO_MATTER)


def _due(clock: str) -> Counted:
    """Calls whose clock has run out; sent back or withdrawn before is not one."""
    end = f"{clock}_due"
    return Counted(calls, end, Q(ended_at=None) | Q(ended_at__gte=F(end)), by_now=True)


called = Counted(calls, "called_at")
whistles = Counted(blown, "raised_at")
matters = Counted(others, "raised_at")
due = {clock: _due(clock) for clock in CLOCKS}
in_time = {clock: rows.but(**{f"{DONE_AT[clock]}__lte": F(f"{clock}_due")}) for clock, rows in due.items()}
late = due["arrive"].but(Q(arrived_at=None) | Q(arrived_at__gt=F("arrive_due")))  # or never


def scores(period: Period) -> QuerySet[Score]:
    """Scores that stand, of the period."""
    rows = Score.objects.filter(period.during("at"), standing=True)
    return rows.annotate(area_code=F("call__whistle__case__area_code"))
