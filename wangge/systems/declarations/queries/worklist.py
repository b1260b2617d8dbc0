"""Declarations for whoever verifies them, and for whoever only looks: tabs, filters, what runs out first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import DECIDED, OPEN, AddressSays, Clock, Matched, State
from ..models import Decision, Declaration

MOST = 1000  # counting stops here: "1000+" costs the same on any register
UNDO_WITHIN = timedelta(hours=12)

# What the tabs show. Overdue is asked with the present moment.
VIEWS: dict[str, Q] = {
    "open": Q(state__in=OPEN),
    "overdue": Q(state__in=OPEN),
    "passed": Q(state=State.TRANSFERRED),
    "address": Q(state__in=[*OPEN, State.VERIFIED], address_says=AddressSays.DIFFERS),
    "ask": Q(state__in=[*OPEN, State.VERIFIED], matched=Matched.ASK),
    "problems": Q(state__in=[State.WRONG, State.NOT_FOUND]),
    "verified": Q(state=State.VERIFIED),
    "over": Q(state__in=[State.ENDED, State.WITHDRAWN, State.ARCHIVED]),
    "all": Q(),
}
BY_CLOCK = ("open", "overdue", "passed")


@dataclass(frozen=True)
class Asked:
    """What the page is asked for; everything empty is everything in reach."""

    view: str = "open"
    kind: str = ""
    area: str = ""
    since: date | None = None
    until: date | None = None
    reported_by: str = ""


def declarations(asked: Asked, now: datetime | None = None) -> QuerySet[Declaration]:
    """Those in reach that fit; what must be decided comes by its clock, the rest the newest first."""
    rows = _within(asked, now or timezone.now())
    if asked.view in BY_CLOCK:
        return rows.order_by(F("verify_by").asc(nulls_last=True), "pk")
    return rows.order_by("-pk")


def _within(asked: Asked, now: datetime) -> QuerySet[Declaration]:
    rows = Declaration.objects.filter(VIEWS.get(asked.view, Q()))
    if asked.view == "overdue":
        rows = rows.filter(verify_by__lt=now)
    if asked.area:
        rows = rows.filter(prefix_filter("area_code", prefix_of(asked.area)))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.reported_by:
        rows = rows.filter(reported_by=asked.reported_by)
    return rows.filter(came_between(asked.since, asked.until))


def came_between(since: date | None, until: date | None) -> Q:
    """Received on one of these days; None is open."""
    found = Q()
    if since:
        found &= Q(received_at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    if until:
        after = until + timedelta(days=1)
        found &= Q(received_at__lt=timezone.make_aware(datetime.combine(after, time.min)))
    return found


def overdue(now: datetime | None = None) -> QuerySet[Declaration]:
    """Those in reach whose clock has run out, in no order: to count."""
    return _within(Asked("overdue"), now or timezone.now())


def tab_counts(asked: Asked) -> dict[str, str]:
    """How many each tab would show under the same filters; counting stops at ``MOST``."""
    now = timezone.now()
    filters = {name: value for name, value in vars(asked).items() if name != "view"}
    return {
        view: capped(_within(Asked(view, **filters), now)) for view in VIEWS if view not in ("all", "over")
    }


def capped(rows: QuerySet[Any]) -> str:
    """How many, up to ``MOST``."""
    count = rows.order_by()[: MOST + 1].count()
    return f"{MOST}+" if count > MOST else str(count)


@dataclass(frozen=True)
class Line:
    """A declaration in the list; ``minutes``: what is left of its clock (negative: overdue by so much)."""

    row: Declaration
    place: str
    minutes: int | None

    @property
    def late(self) -> bool:
        return self.minutes is not None and self.minutes < 0

    @property
    def days(self) -> int:
        """Whole days left, or gone; 0 while two days are not full: until then hours say it better."""
        whole = abs(self.minutes or 0) // 1440
        return whole if whole > 1 else 0

    @property
    def hours(self) -> int:
        """Whole hours beside the days."""
        return abs(self.minutes or 0) // 60 - 24 * self.days

    @property
    def rest(self) -> int:
        """The minutes beside the hours."""
        return abs(self.minutes or 0) % 60

    @property
    def passed_on(self) -> bool:
        """Whether the clock is that of a transfer."""
        return self.row.clock == Clock.TRANSFER


def lines_of(rows: Iterable[Declaration], now: datetime | None = None) -> list[Line]:
    """What the list shows of them; one query for the names of places."""
    rows, now = list(rows), now or timezone.now()
    names = territory.names_of({row.area_code for row in rows})
    return [Line(row, territory.short_name(names.get(row.area_code, "")), _left(row, now)) for row in rows]


def _left(row: Declaration, now: datetime) -> int | None:
    if row.state not in OPEN or row.verify_by is None:
        return None
    return int((row.verify_by - now).total_seconds() / 60)  # towards zero


def last_decisions(username: str) -> list[Decision]:
    """What this user decided last, if it can still be taken back: one, or all of one stroke."""
    recent = Decision.objects.filter(by=username, at__gte=timezone.now() - UNDO_WITHIN, undone_at=None)
    last = recent.order_by("-pk").first()
    if last is None:
        return []
    same = recent.filter(at=last.at, verb=last.verb).select_related("declaration").order_by("pk")
    return [each for each in same if each.declaration_id and _stands(each)]


def _stands(decision: Decision) -> bool:
    row = Declaration._base_manager.filter(pk=decision.declaration_id, state=decision.after_state)
    since = Decision._base_manager.filter(
        declaration=decision.declaration_id, undone_at=None, pk__gt=decision.pk
    )
    return row.exists() and not since.exists()


def is_decided(row: Declaration) -> bool:
    """Whether somebody has said what is true."""
    return row.state in DECIDED
