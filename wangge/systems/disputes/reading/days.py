"""Days that are likely: what lies far away is mistyped."""

from __future__ import annotations

from datetime import date, timedelta

BACK, AHEAD = timedelta(days=366), timedelta(days=20 * 366)


def lately(day: date, today: date) -> bool:
    """Whether a sitting or a visit can be recorded of that day: within a year, not to come."""
    return today - BACK <= day <= today


def owed(day: date, today: date) -> bool:
    """Whether something can be owed by that day: not longer ago than a year, within twenty."""
    return today - BACK <= day <= today + AHEAD
