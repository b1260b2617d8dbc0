"""Months, as reports count them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

_WRITTEN = re.compile(r"(\d{4})-(\d{2})\Z")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month of the district's time zone."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read YYYY-MM. Raises ValueError."""
        found = _WRITTEN.match(text)
        if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1900:
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    def later(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return timezone.make_aware(datetime(self.year, self.month, 1))

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.later(1).start

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def this_month() -> Month:
    """The month of today."""
    return Month.of(timezone.localdate())
