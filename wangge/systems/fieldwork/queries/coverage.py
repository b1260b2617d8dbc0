"""不漏一户、不落一人 (S18, spec 4.1): covered rooms and confirmed people, each number with its rows.

Two denominators that know nothing of each other: the rooms of the house register, and the people of the
register. Whom both have missed, only a random sample can tell: see ``sampling``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from wangge.lib.figures import Period
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.models import Room, Tie

from ..enums import COVERS
from ..models import Visit
from .areas import digits_below, named
from .campaigns import floored
from .campaigns_doors import occupied
from .homes import HOMES


def _inside(area: str) -> Q:
    return Q(prefix_filter("area_code", prefix_of(area)))


def _visited(area: str, period: Period) -> QuerySet[Any]:
    visits = Visit.objects.filter(_inside(area), period.during("at"), result__in=COVERS, room__isnull=False)
    return visits.values("room_id")


def rooms(area: str, period: Period) -> QuerySet[Room]:
    """Every room of the house register."""
    return Room.objects.filter(_inside(area))


def covered(area: str, period: Period) -> QuerySet[Room]:
    """Rooms with a valid result in the period: completed, confirmed vacant, or refused and registered.
    Nobody at home and partly done are none."""
    return rooms(area, period).filter(pk__in=_visited(area, period))


def uncovered(area: str, period: Period) -> QuerySet[Room]:
    """The other rooms."""
    return rooms(area, period).exclude(pk__in=_visited(area, period))


def lived_in(area: str, period: Period) -> QuerySet[Room]:
    """Rooms that somebody lives in, by the people or by the house register."""
    return occupied(rooms(area, period), _inside(area))


def missing(area: str, period: Period) -> QuerySet[Room]:
    """Rooms lived in without a valid result: while there is one, nobody may say 不漏一户."""
    return lived_in(area, period).exclude(pk__in=_visited(area, period))


def people(area: str, period: Period) -> QuerySet[Tie]:
    """Who lives here by the register, those newly found among them."""
    return Tie.objects.filter(_inside(area), HOMES)


def confirmed(area: str, period: Period) -> QuerySet[Tie]:
    """Of those: confirmed in the period, the person or her home."""
    days = (period.since, period.until)
    return people(area, period).filter(Q(confirmed_at__range=days) | Q(person__confirmed_at__range=days))


def unconfirmed(area: str, period: Period) -> QuerySet[Tie]:
    """The others."""
    return people(area, period).exclude(pk__in=confirmed(area, period).values("pk"))


Rows = Callable[[str, Period], QuerySet[Any]]
SIDES: dict[str, Rows] = {
    "rooms": rooms,
    "covered": covered,
    "uncovered": uncovered,
    "lived_in": lived_in,
    "missing": missing,
    "people": people,
    "confirmed": confirmed,
    "unconfirmed": unconfirmed,
}
COUNTED = ("rooms", "covered", "lived_in", "missing", "people", "confirmed")


@dataclass
class Covered:
    """The counts of one area, by the names in ``SIDES``."""

    code: str
    name: str = ""
    opens: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def room_percent(self) -> float | None:
        """入户覆盖率: covered rooms ÷ all rooms, None without rooms; 100 only if none is missing."""
        return floored(self.counts.get("covered", 0), self.counts.get("rooms", 0))

    @property
    def people_percent(self) -> float | None:
        """人员覆盖率: confirmed people ÷ people, None without people."""
        return floored(self.counts.get("confirmed", 0), self.counts.get("people", 0))

    @property
    def room_cells(self) -> list[tuple[str, int]]:
        """The counts of rooms by side, as the table shows them."""
        return [(side, self.counts.get(side, 0)) for side in ("covered", "rooms", "lived_in", "missing")]

    @property
    def people_cells(self) -> list[tuple[str, int]]:
        """The counts of people by side."""
        return [(side, self.counts.get(side, 0)) for side in ("confirmed", "people")]

    @property
    def no_household_missed(self) -> bool:
        """Every room lived in has a valid result; false where nobody lives."""
        return bool(self.counts.get("lived_in")) and not self.counts.get("missing")


def coverage(area: str, period: Period) -> tuple[Covered, list[Covered]]:
    """An area and those below it; one query a column, whatever the number of areas."""
    digits = digits_below(area)
    found: dict[str, Covered] = {}
    total = Covered(area)
    for side in COUNTED:
        for code, number in _counted(SIDES[side](area, period), digits).items():
            found.setdefault(code, Covered(code)).counts[side] = number
            total.counts[side] = total.counts.get(side, 0) + number
    lines = named(found, digits).items()
    return total, [Covered(area.code, area.name, area.opens, found[code].counts) for code, area in lines]


def _counted(rows: QuerySet[Any], digits: int) -> dict[str, int]:
    """Rows by the first digits of their area; people are counted once an area."""
    what = Count("person_id", distinct=True) if rows.model is Tie else Count("pk")
    grouped = rows.order_by().values(at=Substr("area_code", 1, digits)).annotate(number=what)
    return {row["at"]: row["number"] for row in grouped}
