"""What a figure is asked for: which days, which area, which matters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from wangge.lib.figures import Period
from wangge.lib.scoping import prefix_filter, prefix_of

MONTHS = 12


@dataclass(frozen=True)
class Asked:
    """``area`` "" is all of the reach; ``only``: what lies on the area itself, not below it."""

    period: Period
    area: str = ""
    only: bool = False
    system: str = ""
    kind: str = ""

    @property
    def counted(self) -> Period:
        """The days that count: what is due tomorrow is nobody's fault today."""
        return Period(self.period.since, min(self.period.until, timezone.localdate()))

    @property
    def matters(self) -> Q:
        """The area, the system and the kind, as columns of cases and of their counts are called."""
        told = {"system": self.system, "kind": self.kind}
        plain = Q(**{name: value for name, value in told.items() if value})
        if self.only:
            return plain & Q(area_code=self.area)
        return plain & prefix_filter("area_code", prefix_of(self.area)) if self.area else plain

    @property
    def year(self) -> Asked:
        """The same for the twelve months that end with the period's last, or with this one."""
        last = min(self.period.until, timezone.localdate())
        return replace(self, period=Period(month_before(last.replace(day=1), MONTHS - 1), last))

    def months(self) -> list[date]:
        """The first day of every month of the period."""
        found, month = [], self.period.since.replace(day=1)
        while month <= self.period.until:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return found


def month_before(month: date, many: int) -> date:
    """The first day of the month so many months earlier; never before the calendar begins."""
    at = max(month.year * 12 + month.month - 1 - many, 12)
    return date(at // 12, at % 12 + 1, 1)
