"""The policy profile: the limits that a declaration lives by. They changed several times (spec 2.2), so they
are settings of the district with the day from which they hold, never code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from wangge.foundation.territory.models import ALWAYS, Setting

PREFIX = "declarations."


@dataclass(frozen=True)
class Profile:
    """Limits in force from ``since`` on. Defaults are the product's own (示例), a district sets its own.

    verify_hours: from the report to the decision. transfer_hours: within which whoever it was passed to takes
    it over. calls_before_visit: attempts by phone, then somebody goes there. release_days: from arrival to
    the end where no end of the stay was given. retention_days: from the end until personal values are
    erased. register_workdays: the legal duty of floating people (spec 3.7). permit_days: from then on a
    resident may apply for the permit herself (spec 2.3).
    """

    since: date = ALWAYS
    verify_hours: float = 12
    transfer_hours: float = 2
    calls_before_visit: int = 3
    release_days: int = 14
    retention_days: int = 90
    register_workdays: int = 3
    permit_days: int = 183

    def verify_by(self, received: datetime) -> datetime:
        """When the decision is due."""
        return received + timedelta(hours=self.verify_hours)

    def take_by(self, transferred: datetime) -> datetime:
        """When whoever it was passed to must have taken it over."""
        return transferred + timedelta(hours=self.transfer_hours)


LIMITS = tuple(field.name for field in fields(Profile) if field.name != "since")


def profile_on(day: date | None = None) -> Profile:
    """The limits in force on a day (today): a declaration keeps those of the day on which it came."""
    day = day or timezone.localdate()
    return _among(_rows(), day)


def profiles_on(days: Iterable[date]) -> dict[date, Profile]:
    """The same of several days; one query."""
    rows = _rows()
    return {day: _among(rows, day) for day in days}


def profile_of(received: datetime) -> Profile:
    """The limits a declaration that came at ``received`` lives by."""
    return profile_on(timezone.localtime(received).date())


@dataclass(frozen=True)
class Version:
    """A profile and the moments between which declarations came that live by it (None: open)."""

    profile: Profile
    begins: datetime
    ends: datetime | None


def versions() -> list[Version]:
    """All profiles there have been, in the order of their days; one query."""
    rows = _rows()
    days = sorted({row.valid_from for row in rows} | {ALWAYS})
    begins = [timezone.make_aware(datetime.combine(day, time.min)) for day in days]
    ends: list[datetime | None] = [*begins[1:], None]
    return [
        Version(_among(rows, day), begin, end) for day, begin, end in zip(days, begins, ends, strict=True)
    ]


def _rows() -> list[Setting]:
    known = [PREFIX + name for name in LIMITS]
    return list(Setting.objects.filter(key__in=known).order_by("valid_from"))


def _among(rows: Iterable[Setting], day: date) -> Profile:
    held: dict[str, Any] = {}
    since = ALWAYS
    for row in rows:  # the later a row begins, the later it stands here
        if row.valid_from <= day:
            held[row.key.removeprefix(PREFIX)] = row.value
            since = max(since, row.valid_from)
    return Profile(since=since, **held)


def profile_lines(day: date | None = None) -> list[tuple[str, Any, str]]:
    """Each limit as it is in force: its name, the number, what stands beside it (its basis, or 示例)."""
    day = day or timezone.localdate()
    now, rows = profile_on(day), [row for row in _rows() if row.valid_from <= day]
    notes = {row.key.removeprefix(PREFIX): row.note for row in rows}
    return [(name, getattr(now, name), notes.get(name, "")) for name in LIMITS]
