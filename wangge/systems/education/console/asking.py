"""Which sessions a page is asked for."""

from __future__ import annotations

from django.http import HttpRequest

from wangge.lib.asked import area_of, month_of, period_of

from ..enums import State
from ..queries.sessions import DUE, Asked
from ..queries.topics import LONGEST as LONGEST_KEY


def asked_of(request: HttpRequest) -> Asked:
    """What the list is asked for: a month, or the days a number was counted over."""
    told = request.GET
    period = month_of(told.get("month", ""))
    if period is None and "since" in told:
        period = period_of(request, of_year=True)
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
