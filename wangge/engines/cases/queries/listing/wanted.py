"""What a reader asks the list for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.lib.serials import is_case_number

from ...models import Case, Step
from ..worklist import cases_for, waiting_for

SHOWS = ("open", "late", "soon", "paused", "closed")
SOON = timedelta(hours=24)
CLOSED_DAYS = 92  # closed ones are looked for so far back unless a day is named


@dataclass(frozen=True)
class Wanted:
    """``mine``: open ones in which the reader can do something, closed ones in which she did. Days are of the
    registration."""

    show: str = "open"
    mine: bool = True
    system: str = ""
    kind: str = ""
    state: str = ""
    level: str = ""
    area: str = ""
    unit: str = ""  # the key of a unit's row, "none" for those nobody has in hand
    q: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def closed(self) -> bool:
        """Whether it asks for closed ones; they are listed by when they were registered."""
        return self.show == "closed"


def rows_of(actor: Any, wanted: Wanted, now: datetime | None = None) -> QuerySet[Case]:
    """The cases asked for, in no order. A whole number finds its case whatever else is asked."""
    if not wanted.closed:
        return shown(open_rows(actor, wanted), wanted, now or timezone.now())
    rows = _asked(actor, wanted)
    if is_case_number(wanted.q):
        return rows
    rows = rows.filter(closed_at__isnull=False)
    return rows.filter(_did(actor)) if wanted.mine else rows


def open_rows(actor: Any, wanted: Wanted) -> QuerySet[Case]:
    """The open cases under every condition but ``show``: for a list and the counts above it alike."""
    rows = _asked(actor, replace(wanted, show="open"))
    if is_case_number(wanted.q):
        return rows
    rows = rows.filter(closed_at=None)
    return waiting_for(actor, rows) if wanted.mine else rows


def shown(rows: QuerySet[Case], wanted: Wanted, now: datetime) -> QuerySet[Case]:
    """Of open cases those that ``show`` names."""
    return rows if is_case_number(wanted.q) else rows.filter(_shown(wanted.show, now))


def _asked(actor: Any, wanted: Wanted) -> QuerySet[Case]:
    rows = cases_for(actor)
    if is_case_number(wanted.q):
        return rows.filter(number=wanted.q)
    return rows.filter(_plain(wanted), _days(wanted), _words(wanted.q))


def _plain(wanted: Wanted) -> Q:
    told = {name: getattr(wanted, name) for name in ("system", "kind", "state", "level")}
    area = prefix_filter("area_code", prefix_of(wanted.area)) if wanted.area else Q()
    return Q(**{name: value for name, value in told.items() if value}) & area & _unit(wanted.unit)


def _unit(unit: str) -> Q:
    if unit == "none":
        return Q(unit=None)
    return Q(unit=int(unit)) if unit else Q()


def _days(wanted: Wanted) -> Q:
    since = wanted.since
    if since is None and wanted.closed:
        since = timezone.localdate() - timedelta(days=CLOSED_DAYS)
    found = Q(raised_at__gte=_midnight(since)) if since else Q()
    return found & Q(raised_at__lt=_midnight(wanted.until + timedelta(days=1))) if wanted.until else found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _words(text: str) -> Q:
    """Every word stands in the title, the words, the place or the number."""
    found = Q()
    for word in text.split()[:5]:
        one = Q(title__icontains=word) | Q(words__icontains=word) | Q(address__icontains=word)
        found &= one | Q(number__startswith=word) if word.isdecimal() else one
    return found


def _shown(show: str, now: datetime) -> Q:
    asked = {
        "late": Q(due_at__lt=now),
        "soon": Q(due_at__gte=now, due_at__lt=now + SOON),
        "paused": Q(paused=True),
    }
    return asked.get(show, Q())


def _did(actor: Any) -> Q:
    return Q(Exists(Step.objects.filter(case=OuterRef("pk"), actor_user=actor)))
