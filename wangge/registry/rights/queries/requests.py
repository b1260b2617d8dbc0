"""Requests about one's own data: the resident's, and the desk's with its clock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wangge.foundation.territory.queries import add_workdays, is_workday, setting
from wangge.lib.sealing import unseal
from wangge.registry.people.models import Person
from wangge.registry.people.queries import label_of, masked

from ..enums import MUST_KEEP, State
from ..models import RightsRequest

ANSWER_DAYS = 15  # working days; setting rights.answer_days, 示例: the law says "in time" (PIPL 50)
WARN_DAYS = 3  # working days; setting rights.warn_days
VIEWS = ("open", "overdue", "answered")
SEALED_FOR = "rights"


def due_day(start: date, days: int | None = None) -> date:
    """The last day of the clock, by the district's calendar."""
    return add_workdays(start, setting("rights.answer_days", ANSWER_DAYS) if days is None else days)


def clock_of(request: RightsRequest, today: date | None = None) -> str:
    """ "late", "soon" or "" while there is time; "" once it was answered."""
    today = today or timezone.localdate()
    if request.state != State.OPEN:
        return ""
    if request.due_on < today:
        return "late"
    return "soon" if request.due_on <= add_workdays(today, setting("rights.warn_days", WARN_DAYS)) else ""


def days_left(request: RightsRequest, today: date | None = None) -> int:
    """Working days until the clock runs out; below zero after it has."""
    today = today or timezone.localdate()
    first, last = min(today, request.due_on), max(today, request.due_on)
    span = (last - first).days
    count = sum(is_workday(date.fromordinal(first.toordinal() + step)) for step in range(1, span + 1))
    return count if request.due_on >= today else -count


def requests_for_desk(view: str) -> QuerySet[RightsRequest]:
    """The requests in reach: open ones by their clock, answered ones the newest first."""
    found = RightsRequest.objects.all()
    if view == "answered":
        return found.exclude(state=State.OPEN).order_by("-answered_at", "-pk")
    found = found.filter(state=State.OPEN).order_by("due_on", "pk")
    return found.filter(due_on__lt=timezone.localdate()) if view == "overdue" else found


def own_requests(person: Person | None, phone_index: str) -> QuerySet[RightsRequest]:
    """What she asked: about her and her children when she is known, else what this phone asked as a
    stranger. Whoever has a phone number second-hand sees nothing of the one before."""
    found = RightsRequest._base_manager.order_by("-pk")
    if person is None:
        return found.filter(phone_index=phone_index, person=None)
    own = found.filter(person=person, by=None) | found.filter(by=person)
    return own | found.filter(phone_index=phone_index, person=None)


def must_keep() -> tuple[str, ...]:
    """The facts that duty keeps; a setting of the district."""
    return tuple(setting("rights.must_keep", list(MUST_KEEP)))


@dataclass(frozen=True)
class Asked:
    """A request in clear: for the desk that answers it, and for her who asked."""

    row: RightsRequest
    said: str
    asker: str
    answer: str
    wish: str  # masked
    fields: list[tuple[str, str, bool]]  # name, label, whether duty keeps it
    done: list[str]


def opened(row: RightsRequest) -> Asked:
    """Unseal what stands in a request; whoever shows it logs the reading."""
    kept = must_keep()
    wish = wish_of(row)
    return Asked(
        row=row,
        said=_open(row.said_sealed),
        asker=_open(row.asker_sealed),
        answer=_open(row.answer_sealed),
        wish="；".join(masked(name, value) for name, value in wish.items()),
        fields=[(name, label_of(name), name in kept) for name in row.fields],
        done=[label_of(name) for name in row.done],
    )


def wish_of(row: RightsRequest) -> dict[str, Any]:
    """Fact -> the value she wants, in clear."""
    return json.loads(unseal(row.wish_sealed, SEALED_FOR)) if row.wish_sealed else {}


def _open(sealed: str) -> str:
    return unseal(sealed, SEALED_FOR) if sealed else ""
