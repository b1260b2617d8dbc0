"""The district's parameters and its calendar."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from wangge.foundation.territory.enums import DayKind
from wangge.foundation.territory.models import CalendarDay, Setting


def _row(key: str, day: datetime.date | None) -> Setting | None:
    day = day or timezone.localdate()
    return Setting.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()


def setting(key: str, default: Any = None, day: datetime.date | None = None) -> Any:
    """A parameter of the district, such as ``limits.stale_days``, as in force on ``day`` (today)."""
    row = _row(key, day)
    return default if row is None else row.value


def note_of(key: str, day: datetime.date | None = None) -> str:
    """Whether a parameter is official: "" when it is, else 示例 or 待配置 with a reason."""
    row = _row(key, day)
    return "" if row is None else row.note


def is_workday(day: datetime.date) -> bool:
    """Whether offices work: the calendar's word, else Monday to Friday."""
    return _works(day, dict(CalendarDay.objects.filter(date=day).values_list("date", "kind")))


def workdays(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The days from ``first`` to ``last``, both counted, on which offices work."""
    rows = CalendarDay.objects.filter(date__gte=first, date__lte=last)
    special = dict(rows.values_list("date", "kind"))
    days = (first + datetime.timedelta(days=at) for at in range((last - first).days + 1))
    return [day for day in days if _works(day, special)]


def add_workdays(start: datetime.date, days: int) -> datetime.date:
    """The day that lies ``days`` working days after ``start``, which itself does not count."""
    return workdays_after({start: days})[start]


def workdays_after(many: Mapping[datetime.date, int]) -> dict[datetime.date, datetime.date]:
    """The same of each start with its number of days; one query."""
    if not many:
        return {}
    until = max(many) + datetime.timedelta(days=max(many.values()) * 3 + 30)
    rows = CalendarDay.objects.filter(date__gt=min(many), date__lte=until)
    special = dict(rows.values_list("date", "kind"))
    return {start: _after(start, days, special) for start, days in many.items()}


def _after(day: datetime.date, days: int, special: dict[datetime.date, str]) -> datetime.date:
    while days > 0:
        day += datetime.timedelta(days=1)
        days -= _works(day, special)
    return day


def _works(day: datetime.date, special: dict[datetime.date, str]) -> bool:
    return special[day] == DayKind.WORKDAY if day in special else day.weekday() < 5
