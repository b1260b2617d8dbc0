"""Which area, days and rows a page is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Period
from wangge.lib.scoping import current_reach

from ..models import Call, Whistle
from ..queries.calls import calls_for
from ..queries.whistles import whistle_of, whistles_for

LONGEST = 366
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped


def area_of(request: HttpRequest) -> str:
    """The area asked for, "" for all of the reach.

    Raises:
        Http404: it lies outside.
    """
    area = request.GET.get("area", "")
    if area and not (area.isascii() and area.isdecimal() and current_reach().covers(area)):
        raise Http404
    return area


def where(area: str) -> str:
    """The area by name, or the reader's own areas."""
    if area:
        return territory.area_name_path(area)
    return "、".join(territory.tops_in_reach().order_by("code").values_list("name", flat=True)[:5])


def day_of(text: str) -> date | None:
    """A day as addresses write it, None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None


def period_of(request: HttpRequest) -> Period:
    """The days asked for, a year at most; this month without any."""
    until = day_of(request.GET.get("until", "")) or timezone.localdate()
    since = min(day_of(request.GET.get("since", "")) or until.replace(day=1), until)
    return Period(max(since, until - timedelta(days=LONGEST - 1)), until)


def number_of(text: str) -> int:
    """A small whole number of an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def whistle_or_404(user: Any, number: str) -> Whistle:
    """A whistle the reader may see, by its number."""
    case = whistles_for(user).filter(number=number).first()
    found = whistle_of(case) if case is not None else None
    if found is None:
        raise Http404
    return found


def call_or_404(user: Any, pk: int) -> Call:
    """A call of a whistle the reader may see."""
    found = calls_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
