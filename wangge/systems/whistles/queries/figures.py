"""The rows behind the figures of whistles (spec 4.2), each limited to the reach in force."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.lib.figures import Period

from ..enums import SYSTEM
from ..models import Call, Score
from ..models.whistle import DONE_AT

NOT_BLOWN = ("declined", "withdrawn")
NOT_MATTERS = ("merged", "void")  # kept under another number, or nothing after all


def called(period: Period) -> QuerySet[Call]:
    """Calls of the period."""
    return _placed(Call.objects.filter(period.during("called_at")))


def due(clock: str, period: Period) -> QuerySet[Call]:
    """Calls whose clock ran out in the period and by now; sent back or withdrawn before is not one."""
    end = f"{clock}_due"
    rows = Call.objects.filter(period.during(end), **{f"{end}__lte": timezone.now()})
    return _placed(rows.filter(Q(ended_at=None) | Q(ended_at__gte=F(end))))


def in_time(clock: str, period: Period) -> QuerySet[Call]:
    """Of those: done by then."""
    return due(clock, period).filter(**{f"{DONE_AT[clock]}__lte": F(f"{clock}_due")})


def late(period: Period) -> QuerySet[Call]:
    """Of the arrivals that were due: late, or never."""
    return due("arrive", period).filter(Q(arrived_at=None) | Q(arrived_at__gt=F("arrive_due")))


def scores(period: Period) -> QuerySet[Score]:
    """Scores that stand, of the period."""
    rows = Score.objects.filter(period.during("at"), standing=True)
    return rows.annotate(area_code=F("call__whistle__case__area_code"))


def whistles(period: Period) -> QuerySet[Case]:
    """Whistles blown in the period; those declined or withdrawn are none."""
    return Case.objects.filter(period.during("raised_at"), system=SYSTEM).exclude(state__in=NOT_BLOWN)


def matters(period: Period) -> QuerySet[Case]:
    """Matters of all other systems found in the period."""
    rows = Case.objects.filter(period.during("raised_at"), merged_into=None)
    return rows.exclude(system=SYSTEM).exclude(state__in=NOT_MATTERS)


def _placed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(area_code=F("whistle__case__area_code"))
