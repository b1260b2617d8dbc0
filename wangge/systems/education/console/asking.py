"""Which area, days and rows a page is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Period
from wangge.lib.scoping import current_reach, prefix_of

from ..enums import State
from ..queries.sessions import DUE, Asked
from ..queries.topics import LONGEST as LONGEST_KEY

LONGEST = 366
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped
BELOW = {6: 9, 9: 12, 12: 15}  # digits of an area → of those below it


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


def period_of(request: HttpRequest) -> Period:
    """The days asked for, a year at most; this year so far without any."""
    until = day_of(request.GET.get("until", "")) or timezone.localdate()
    since = min(day_of(request.GET.get("since", "")) or until.replace(month=1, day=1), until)
    return Period(max(since, until - timedelta(days=LONGEST - 1)), until)


def month_of(text: str) -> Period | None:
    """A month as addresses write it ("2026-11"), None for anything else."""
    first = day_of(f"{text}-01")
    if first is None:
        return None
    return Period(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def asked_of(request: HttpRequest) -> Asked:
    """What the list is asked for: a month, or the days a number was counted over."""
    told = request.GET
    period = month_of(told.get("month", ""))
    if period is None and "since" in told:
        period = period_of(request)
    area, state = area_of(request), told.get("state", "")
    return Asked(
        topic=topic_of(request), area=area, own=bool(area) and told.get("own") == "1",
        state=state if state in {*State.values, DUE} else "", period=period,
        material=number_of(told.get("material", "")),
    )  # fmt: skip


def topic_of(request: HttpRequest) -> str:
    """The key of the topic asked for, also one that is no longer on the list; "" for what is no key."""
    topic = request.GET.get("topic", "")
    return topic if topic.isprintable() and len(topic) <= LONGEST_KEY else ""


def number_of(text: str) -> int | None:
    """A small whole number of an address; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
