"""漏登率 by random re-visits, and the certificate: at most so many households are missed (spec 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Tie

from ..enums import COVERS, VisitResult
from ..models import Draw, DrawnRoom, Visit
from .bounds import most_missed
from .campaigns import floored
from .homes import HOMES

SEEN = (*COVERS, VisitResult.PARTLY)


def draws(area: str) -> QuerySet[Draw]:
    """The samples of an area, the newest first."""
    return Draw.objects.filter(area_code=area).order_by("-month", "-pk")


def draw_of(area: str, month: date) -> Draw | None:
    """The sample of an area in a month."""
    return Draw.objects.filter(area_code=area, month=month.replace(day=1)).first()


def drawn(draw: Draw) -> QuerySet[Any]:  # DrawnRoom with what is annotated
    """The rooms of a sample, with how the first conclusive visit after the draw ended (``result``, "" before
    it) and how many people were found who had lived there unregistered (``found``)."""
    after = Visit._base_manager.filter(room=OuterRef("room"), at__gte=draw.made_at, result__in=SEEN)
    first = after.order_by("at", "pk")
    new = newly_found(draw).filter(room=OuterRef("room")).order_by().values("room")
    rows = DrawnRoom._base_manager.filter(draw=draw).annotate(
        result=Coalesce(Subquery(first.values("result")[:1]), Value("")),
        visited_at=Subquery(first.values("at")[:1]),
        found=Coalesce(Subquery(new.annotate(n=Count("person", distinct=True)).values("n")), 0),
    )
    return rows.select_related("room__building").order_by("area_code", "room__building__name", "pk")


def newly_found(draw: Draw) -> QuerySet[Tie]:
    """Homes that a worker at the door told the register of after the draw, of people who lived there before:
    who has moved in since was not missed."""
    day = timezone.localdate(draw.made_at)
    before = Q(valid_from=None) | Q(valid_from__lte=day)
    inside = prefix_filter("area_code", prefix_of(draw.area_code))
    homes = Tie._base_manager.filter(inside, HOMES, before, known_from__gte=draw.made_at, source=Source.VISIT)
    earlier = Tie._base_manager.filter(
        person=OuterRef("person"), room=OuterRef("room"), kind="lives", known_from__lt=draw.made_at
    )
    return homes.filter(~Exists(earlier))


SHOWS = ("all", "waiting", "seen", "missed", "found")


def rows_of(draw: Draw, show: str = "all") -> QuerySet[Any]:
    """The rooms behind a number: all, those still to be visited, those visited, those whose household was
    missed, those where somebody unregistered was found."""
    rows = drawn(draw)
    if show == "waiting":
        return rows.filter(result="")
    seen = rows.exclude(result="")
    if show == "missed":
        return seen.filter(registered=0, found__gt=0)
    if show == "found":
        return seen.filter(found__gt=0)
    return seen if show == "seen" else rows


@dataclass(frozen=True)
class Certificate:
    """What a sample says: ``drawn`` rooms of ``rooms``, ``seen`` so far; ``missed`` households without
    anybody registered; ``unregistered`` of ``people`` found."""

    draw: Draw
    drawn: int
    seen: int
    missed: int
    people: int
    unregistered: int

    @property
    def waiting(self) -> int:
        return self.drawn - self.seen

    @property
    def complete(self) -> bool:
        """Every room of the sample was visited: before that nothing is certified."""
        return bool(self.drawn) and not self.waiting

    @property
    def percent(self) -> float | None:
        """漏登率: unregistered people found ÷ people found, None while nobody was found."""
        return floored(self.unregistered, self.people)

    @property
    def most(self) -> int | None:
        """At most so many households are missed, at 95 %. While rooms are waiting they count as missed: it
        can only become better."""
        if not self.drawn:
            return None
        return most_missed(self.missed + self.waiting, self.drawn, self.draw.rooms)


def certificate(draw: Draw) -> Certificate:
    """The certificate of a sample as of now."""
    counted: dict[str, Any] = drawn(draw).order_by().aggregate(
        drawn=Count("pk"), seen=Count("pk", filter=~Q(result="")),
        missed=Count("pk", filter=~Q(result="") & Q(registered=0, found__gt=0)),
    )  # fmt: skip
    seen = rows_of(draw, "seen").order_by().values("room_id")
    living = Tie._base_manager.filter(HOMES, room__in=seen)
    unregistered = newly_found(draw).filter(room__in=seen)
    return Certificate(
        draw, counted["drawn"], counted["seen"], counted["missed"],
        living.aggregate(n=Count("person", distinct=True))["n"],
        unregistered.aggregate(n=Count("person", distinct=True))["n"],
    )  # fmt: skip


@dataclass(frozen=True)
class Arrivals:
    """Homes the register learned of in a time: told by the people themselves, of all."""

    told: int
    known: int

    @property
    def percent(self) -> float | None:
        return floored(self.told, self.known)


def self_reports(area: str, period: Any) -> Arrivals:
    """主动报备率 by the register (S79): homes begun and learned in the period that the person herself told
    of ÷ all of them."""
    homes = Tie.objects.filter(
        prefix_filter("area_code", prefix_of(area)), period.during("known_from"), HOMES,
        valid_from__isnull=False, valid_from__gte=period.since,
    )  # fmt: skip
    counted = homes.aggregate(known=Count("pk"), told=Count("pk", filter=Q(source=Source.SELF)))
    return Arrivals(counted["told"], counted["known"])
