"""The district's working time, as the clocks count it."""

from __future__ import annotations

from datetime import date, time

from wangge.foundation.territory.enums import DayKind
from wangge.foundation.territory.models import CalendarDay
from wangge.lib.worktime import OFFICE_HOURS, Worktime


def worktime_now(spans: tuple[tuple[time, time], ...] = ()) -> Worktime:
    """Working time by the calendar of today: statutory holidays, 调休, else Monday to Friday. One read."""
    special = dict(CalendarDay.objects.values_list("date", "kind"))

    def works(day: date) -> bool:
        return special[day] == DayKind.WORKDAY if day in special else day.weekday() < 5

    return Worktime(works, spans or OFFICE_HOURS)
