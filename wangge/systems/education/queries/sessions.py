"""Sessions in reach: asked by topic, area, days and state; those nobody has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from wangge.lib.figures import Period, within_area

from ..enums import State
from ..models import Given, Session

DUE = "due"  # asked for beside the states
AFTER = timedelta(days=3)  # so long after its day a session should have been confirmed


@dataclass(frozen=True)
class Asked:
    """What the list is asked for; "" and None are everything."""

    topic: str = ""
    area: str = ""
    state: str = ""
    period: Period | None = None
    material: int | None = None
    own: bool = False  # of the area itself, not of those inside it


@dataclass(frozen=True)
class Line:
    """A session of the list with how many materials were given out."""

    session: Session
    given: int


@dataclass(frozen=True)
class Sums:
    """Of sessions that were held: how many, minutes, people (typed in), materials given out."""

    sessions: int = 0
    minutes: int = 0
    attended: int = 0
    given: int = 0


EVERYTHING = Asked()


def sessions(asked: Asked = EVERYTHING) -> QuerySet[Session]:
    """The sessions in reach, newest first."""
    rows = unconfirmed() if asked.state == DUE else Session.objects.all()
    if asked.state in State.values:
        rows = rows.filter(state=asked.state)
    if asked.topic:
        rows = rows.filter(topic=asked.topic)
    if asked.period is not None:
        rows = rows.filter(asked.period.during("begins_at"))
    if asked.material is not None:
        rows = rows.filter(pk__in=Given.objects.filter(material=asked.material).values("session"))
    rows = rows.filter(area_code=asked.area) if asked.own else within_area(rows, asked.area)
    return rows.order_by("-begins_at", "-pk")


def unconfirmed(today: date | None = None) -> QuerySet[Session]:
    """要补记: planned, and three days after their day nobody has said that they were held."""
    last = (today or timezone.localdate()) - AFTER
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    return Session.objects.filter(state=State.PLANNED, begins_at__lt=end)


def sums_of(rows: QuerySet[Session]) -> Sums:
    """The sums over those of the sessions that were held."""
    held = rows.filter(state=State.HELD).order_by()
    told = held.aggregate(sessions=Count("pk"), minutes=Sum("minutes"), attended=Sum("attended"))
    given = Given.objects.filter(session__in=held.values("pk")).aggregate(n=Sum("number"))["n"]
    return Sums(told["sessions"], told["minutes"] or 0, told["attended"] or 0, given or 0)


def lines_of(rows: Sequence[Session]) -> list[Line]:
    """The sessions of a page; one query more."""
    given = Given.objects.filter(session__in=rows).values("session").annotate(n=Sum("number"))
    numbers = {row["session"]: row["n"] for row in given}
    return [Line(row, numbers.get(row.pk, 0)) for row in rows]


def given_at(session: Session) -> list[Given]:
    """What was given out at a session; also what the reader's areas do not use any more."""
    rows = Given._base_manager.filter(session=session).select_related("material")
    return list(rows.order_by("material__title", "pk"))
