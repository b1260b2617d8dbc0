"""Sums of sessions by topic and by area, of materials; the rows of the indicators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.utils import timezone

from wangge.lib.figures import Period, within_area

from ..enums import State
from ..models import Given, Session
from .sessions import Sums


def held(period: Period, area: str = "") -> QuerySet[Session]:
    """Sessions held in these days."""
    return within_area(Session.objects.filter(period.during("begins_at"), state=State.HELD), area)


def due(period: Period) -> QuerySet[Session]:
    """Sessions whose time has come in these days and that were not called off."""
    rows = Session.objects.filter(period.during("begins_at"), begins_at__lte=timezone.now())
    return rows.exclude(state=State.CANCELLED)


def shown(period: Period) -> QuerySet[Session]:
    """Held, and there is a photo."""
    return held(period).exclude(photos=[])


def all_held(period: Period) -> QuerySet[Session]:
    """Held in these days, in all of the reach."""
    return held(period)


def by_topic(period: Period, area: str) -> dict[str, Sums]:
    """Topic → sums."""
    rows = held(period, area).order_by()
    given = _given(period, area).values_list("session__topic").annotate(n=Sum("number"))
    return _sums(rows.values_list("topic").annotate(*_counts()), dict(given))


def by_area(period: Period, area: str, digits: int) -> dict[str, Sums]:
    """Code cut to ``digits`` → sums; what belongs to an area above is under its own, shorter code."""
    rows = held(period, area).order_by().annotate(cut=Substr("area_code", 1, digits))
    given = _given(period, area).annotate(cut=Substr("area_code", 1, digits))
    return _sums(
        rows.values_list("cut").annotate(*_counts()),
        dict(given.values_list("cut").annotate(n=Sum("number"))),
    )


@dataclass(frozen=True)
class MaterialSum:
    """A material and how many of it were given out."""

    pk: int
    title: str
    edition: str
    number: int


def by_material(period: Period, area: str) -> list[MaterialSum]:
    """The materials given out, most first."""
    names = ("material", "material__title", "material__edition")
    rows = _given(period, area).values_list(*names).annotate(n=Sum("number")).order_by("-n", "material")
    return [MaterialSum(*row) for row in rows]


def _counts() -> list[Count | Sum]:
    return [Count("pk"), Sum("minutes"), Sum("attended")]


def _given(period: Period, area: str) -> QuerySet[Given]:
    during = Q(period.during("session__begins_at"), session__state=State.HELD)
    return within_area(Given.objects.filter(during), area).order_by()


def _sums(rows: QuerySet, given: dict[str, int]) -> dict[str, Sums]:
    found: dict[str, Sums] = defaultdict(Sums)
    for key, number, minutes, attended in rows:
        found[key] = Sums(number, minutes or 0, attended or 0)
    for key, number in given.items():
        found[key] = replace(found[key], given=number)
    return dict(found)
