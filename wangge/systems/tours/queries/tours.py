"""Tours in reach: what is planned, what is past, one of them with its stops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ..models import Problem, Stop, Tour
from .places import area_words

SHOWS = ("coming", "past", "all")


@dataclass(frozen=True)
class TourLine:
    """A tour of the list: its stops by name, how many problems, how many of them open."""

    tour: Tour
    stops: list[str]
    problems: int
    open: int


def tours(show: str = "coming", text: str = "") -> QuerySet[Tour]:
    """The tours in reach: those of today and later in the order they come, past ones newest first."""
    rows, today = Tour.objects.all(), timezone.localdate()
    if text:
        stops = Stop.objects.filter(name__contains=text).values("tour")
        rows = rows.filter(Q(title__contains=text) | Q(topics__contains=text) | Q(pk__in=stops))
    if show == "coming":
        return rows.filter(day__gte=today).order_by("day", "pk")
    return (rows.filter(day__lt=today) if show == "past" else rows).order_by("-day", "-pk")


def lines_of(rows: Sequence[Tour]) -> list[TourLine]:
    """The tours as the list shows them; three queries."""
    stops = list(Stop.objects.filter(tour__in=rows).order_by("tour", "order"))
    names = called(stops)
    counts = Problem.objects.filter(stop__tour__in=rows).values("stop__tour")
    counted = {
        row["stop__tour"]: (row["all"], row["open"])
        for row in counts.annotate(all=Count("pk"), open=Count("pk", filter=Q(case__closed_at=None)))
    }
    return [
        TourLine(
            tour, [names[stop.pk] for stop in stops if stop.tour_id == tour.pk], *counted.get(tour.pk, (0, 0))
        )
        for tour in rows
    ]


def stops_of(tour: Tour) -> list[Stop]:
    """The stops of a tour inside the reach, in their order."""
    rows = Stop.objects.filter(tour=tour).select_related("estate", "organisation")
    return list(rows.order_by("order", "pk"))


def called(stops: Iterable[Stop]) -> dict[int, str]:
    """How people call stops: place and area; one query."""
    stops = list(stops)
    words = area_words({stop.area_code for stop in stops})
    return {stop.pk: f"{words[stop.area_code]} {stop.name}".strip() for stop in stops}
