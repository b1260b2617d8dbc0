"""How many of what an area has: each number counts rows, none is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from wangge.lib.scoping import inside_any, prefix_filter, prefix_of

from ..enums import ContradictionState, PersonStatus, TieKind
from ..models import Building, Contradiction, Household, Organisation, Room, Tie
from .residence import held_on, known_at, residents_by_grid, standing_in


def _inside(model: type, area: str) -> QuerySet:
    return model.objects.filter(prefix_filter("area_code", prefix_of(area)))  # type: ignore[attr-defined]


def _people(ties: QuerySet[Tie]) -> int:
    return ties.values("person").distinct().count()


def register_counts(area: str) -> dict[str, int | dict[str, int]]:
    """What the register holds in ``area`` (a code or a prefix) within reach: ``persons`` (distinct, merged
    rows not counted), ``households``, ``rooms``, ``buildings``, ``organisations``, ``contradictions``
    waiting, and ``ties``: distinct persons per kind of present tie."""
    ties = _inside(Tie, area).filter(known_to=None)
    return present_counts([area])[area] | {
        "persons": _people(ties.exclude(person__status=PersonStatus.MERGED)),
        "contradictions": _inside(Contradiction, area).filter(state=ContradictionState.OPEN).count(),
    }


def present_counts(areas: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Of each area, one of which may lie inside another, all that ``register_counts`` has but ``persons`` and
    ``contradictions``; five queries."""
    told: dict[str, dict[Any, list[int]]] = {
        "households": _numbers(Household.objects.all(), areas),
        "rooms": _numbers(Room.objects.all(), areas),
        "buildings": _numbers(Building.objects.all(), areas),
        "organisations": _numbers(Organisation.objects.filter(closed_on=None), areas),
    }
    kinds = _numbers(Tie.objects.filter(known_to=None, valid_to=None), areas, "person", by="kind")
    nothing = [0] * len(areas)
    return {
        area: {name: found.get("", nothing)[at] for name, found in told.items()}
        | {"ties": {kind: kinds.get(kind, nothing)[at] for kind in TieKind.values}}
        for at, area in enumerate(areas)
    }


def _numbers(rows: QuerySet, areas: Sequence[str], what: str = "pk", by: str = "") -> dict[Any, list[int]]:
    """How many there are in each area, in the order of the areas; by a column, else under ""."""
    inside = [prefix_filter("area_code", prefix_of(area)) or None for area in areas]
    counts = {f"n{at}": Count(what, distinct=what != "pk", filter=each) for at, each in enumerate(inside)}
    rows = rows.filter(inside_any(areas)).order_by()
    lines = rows.values(by).annotate(**counts) if by else [rows.aggregate(**counts)]
    return {line.get(by, ""): [line[name] for name in counts] for line in lines}


def households_by_area(area: str) -> dict[str, int]:
    """Households by the grid (or community) they stand in, inside ``area``; one query."""
    counted = _inside(Household, area).values("area_code").annotate(n=Count("pk")).order_by("area_code")
    return {row["area_code"]: row["n"] for row in counted}


def residents_by_area(area: str, digits: int = 15) -> dict[str, int]:
    """Present residents (distinct persons) by the first ``digits`` of the area code; one query."""
    homes = _inside(Tie, area).filter(kind=TieKind.LIVES, known_to=None, valid_to=None)
    counted = homes.values(part=Substr("area_code", 1, digits)).annotate(
        people=Count("person", distinct=True)
    )
    return {row["part"]: row["people"] for row in counted.order_by("part")}


def residence_codes_by_area(area: str = "") -> list[dict[str, Any]]:
    """Present residents by community and 粤居码 status ("" = not known): area, status, people; one query."""
    homes = _inside(Tie, area).filter(kind=TieKind.LIVES, known_to=None, valid_to=None)
    counted = homes.values(area=Substr("area_code", 1, 12), status=F("person__residence_code_status"))
    return list(counted.annotate(people=Count("person", distinct=True)).order_by("area", "status"))


def counts_then(area: str, day: date, known: datetime | None = None) -> dict[str, Any]:
    """What the register held of ``area`` on ``day`` as known at ``known`` (None = now): ``persons`` with a
    tie that had begun, ``ties`` that held by kind (distinct persons), and ``residents`` by the grids that
    answered then, in communities and below. Rows that keep no history are None: not known is shown so."""
    ties = _then(area, day, known)
    held = ties.filter(held_on(day)).values("kind").annotate(people=Count("person", distinct=True))
    by_kind = {row["kind"]: row["people"] for row in held.order_by("kind")}
    begun = ties.filter(Q(valid_from=None) | Q(valid_from__lte=day))
    timeless = dict.fromkeys(["households", "rooms", "buildings", "organisations", "contradictions"])
    return {
        "persons": _people(begun.exclude(person__status=PersonStatus.MERGED)),
        **timeless,
        "ties": {kind: by_kind.get(kind, 0) for kind in TieKind.values},
        "residents": residents_by_grid(area, day, known) if len(prefix_of(area)) >= 12 else None,
    }


def _then(area: str, day: date, known: datetime | None) -> QuerySet[Tie]:
    return Tie.objects.filter(known_at(known), standing_in(area, day, known))
