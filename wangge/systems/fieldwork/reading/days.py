"""Which days something falls on: weekdays against holidays, periods and their parts. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

DAY = timedelta(days=1)
WEEKEND = frozenset({6, 7})
LOOK_BACK = 20  # days; no holiday with its weekends is longer
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Slot(NamedTuple):
    """The time in which one visit of a period is due, first and last day counted."""

    first: date
    last: date


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both counted."""
    return [first + DAY * at for at in range((last - first).days + 1)]


def falls_on(day: date, every: Sequence[int], worked: Collection[date]) -> bool:
    """Whether a daily scene is patrolled on a day.

    Without weekdays: on every day that is worked. With weekdays from Monday to Friday: on the first worked
    day on or after each of them, so that a holiday puts a patrol off and never drops it. With a Saturday or
    Sunday among them the scene is looked at by whoever is on duty: on exactly those weekdays, holiday or not.

    Args:
        every: weekdays, 1 Monday … 7 Sunday.
        worked: the worked days, from ``LOOK_BACK`` days before ``day`` on.
    """
    if not every:
        return day in worked
    if WEEKEND & set(every):
        return day.isoweekday() in every
    if day not in worked:
        return False
    planned = day
    for _back in range(LOOK_BACK):
        if planned.isoweekday() in every:
            return True
        planned -= DAY
        if planned in worked:
            return False
    return False


def period_of(day: date, period: str) -> Slot:
    """The week (Monday to Sunday), month, quarter, half year or year that holds a day."""
    if period == "week":
        monday = day - DAY * day.weekday()
        return Slot(monday, monday + DAY * 6)
    length = MONTHS[period]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return Slot(date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1]))


@lru_cache(4_000)
def slots_of(period: str, times: int, first: date, last: date) -> tuple[Slot, ...]:
    """The parts of the periods, ``times`` in each, that touch the days from ``first`` to ``last``."""
    found, whole = [], period_of(first, period)
    while whole.first <= last:
        for part in _parts(whole, times):
            if part.last >= first and part.first <= last:
                found.append(part)
        whole = period_of(whole.last + DAY, period)
    return tuple(found)


def _parts(whole: Slot, times: int) -> list[Slot]:
    """A period in ``times`` parts as equal as days allow; more than one a day makes no sense."""
    days = (whole.last - whole.first).days + 1
    times = min(times, days)
    starts = [whole.first + DAY * (days * at // times) for at in range(times)] + [whole.last + DAY]
    return [Slot(begin, after - DAY) for begin, after in pairwise(starts)]


def end_of_week(day: date) -> date:
    """The Sunday."""
    return day + DAY * (6 - day.weekday())
