"""The cases behind a number: as many as the kept counts say."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.measures import MEASURES, number_of
from wangge.engines.cases.queries.tallies import counted

from .asked import Asked

COUNTED_TO = 10_000  # beyond it a page says "more than"


def rows_of(asked: Asked, measures: Collection[str], systems: Q) -> QuerySet[Case]:
    """The cases in reach that count for one of the measures."""
    one = [MEASURES[measure].q(asked.counted) for measure in measures]
    return Case.objects.filter(asked.matters, systems, reduce(or_, one, Q(pk__in=[])))


def number(asked: Asked, measure: str, systems: Q) -> int:
    """How many the rows count for, read from the rows themselves."""
    return number_of(measure, asked.counted, Case.objects.filter(asked.matters, systems))


def times_of(case: Case, asked: Asked, measure: str) -> int:
    """How often one case counts for a measure in the period."""
    days = asked.counted
    return sum(
        times
        for (day, _area, _system, _kind, key), times in counted(case).items()
        if key == measure and days.since <= day <= days.until
    )


def hidden(all_rows: QuerySet[Case], seen: QuerySet[Case]) -> tuple[int, int, bool]:
    """How many rows there are, how many of them the reader may not see, and whether there are more than could
    be counted quickly."""
    every = all_rows.values("pk")[: COUNTED_TO + 1].count()
    shown = seen.values("pk")[: COUNTED_TO + 1].count()
    return min(every, COUNTED_TO), min(every, COUNTED_TO) - min(shown, COUNTED_TO), every > COUNTED_TO


def late_now(asked: Asked) -> QuerySet[Case]:
    """Open cases in reach with a clock that has run out."""
    return Case.objects.filter(asked.matters, closed_at=None, due_at__lt=timezone.now())
