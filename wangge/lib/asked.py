"""What the addresses of tables and figures ask for: an area, a day, a period. Nonsense is left out; an area
outside the reach does not exist."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from .figures import Period
from .scoping import current_reach, prefix_of

LONGEST = 366  # days
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped
BELOW = {6: 9, 9: 12, 12: 15, 15: 15}  # digits of an area → of those below it


def area_of(request: HttpRequest) -> str:
    """The area asked for, "" for all of the reach.

    Raises:
        Http404: it lies outside.
    """
    area = request.GET.get("area", "") or request.POST.get("area", "")
    if area and not (area.isascii() and area.isdecimal() and current_reach().covers(area)):
        raise Http404
    return area


def digits_below(area: str) -> int:
    """How long the codes below an area are; without one, below the reader's own."""
    if area:
        return BELOW.get(len(prefix_of(area)), 15)
    return BELOW.get(min((len(prefix) for prefix in current_reach().prefixes if prefix), default=6), 15)


def day_of(text: str) -> date | None:
    """A day as addresses write it, None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None


def period_of(request: HttpRequest, *, of_year: bool = False) -> Period:
    """The days asked for, a year at most; without any this month so far, or this year."""
    until = day_of(request.GET.get("until", "")) or timezone.localdate()
    begins = until.replace(month=1, day=1) if of_year else until.replace(day=1)
    since = min(day_of(request.GET.get("since", "")) or begins, until)
    return Period(max(since, until - timedelta(days=LONGEST - 1)), until)


def month_of(text: str) -> Period | None:
    """A month as addresses write it ("2026-11"), None for anything else."""
    first = day_of(f"{text}-01")
    if first is None:
        return None
    return Period(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def this_month() -> Period:
    """From its first to its last day."""
    first = timezone.localdate().replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))
