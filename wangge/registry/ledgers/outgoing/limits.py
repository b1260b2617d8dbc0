"""The numbers the ledgers turn on, as the district set them (spec §2.5: thresholds are configurable)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from wangge.foundation.territory.models import Setting

PREFIX = "ledger."


@dataclass(frozen=True)
class Limits:
    """resident_months: living here that long makes a resident; outside_scope: district | city | province,
    what 外来 is measured against; short_days: a planned stay below is 短住; fresh_days, stale_days: how old a
    confirmation may be before it turns yellow, then red; district: its 12-digit code."""

    district: str = ""
    resident_months: int = 6
    outside_scope: str = "district"
    short_days: int = 30
    fresh_days: int = 30
    stale_days: int = 90

    @property
    def city(self) -> str:
        """The four digits every hukou region of the own prefecture-level city begins with."""
        return self.district[:4]

    @property
    def own_region(self) -> str:
        """What a hukou region begins with that is not 外来."""
        return self.district[: {"district": 6, "city": 4, "province": 2}[self.outside_scope]]


def limits_on(day: date) -> Limits:
    """The limits in force on ``day``: settings ``ledger.<name>`` of the district, else the defaults."""
    rows = Setting.objects.filter(Q(key__startswith=PREFIX), valid_from__lte=day).order_by("valid_from")
    told = {key.removeprefix(PREFIX): value for key, value in rows.values_list("key", "value")}
    known = {f.name for f in fields(Limits)}
    district = f"{settings.DISTRICT:0<12}"
    return Limits(**{"district": district} | {name: value for name, value in told.items() if name in known})


def months_before(day: date, months: int) -> date:
    """The same day ``months`` earlier, or the last of that month where it is shorter."""
    month = day.year * 12 + day.month - 1 - months
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
