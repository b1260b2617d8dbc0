"""How many of what an area has: each number counts rows, none is kept."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import ContradictionState, PersonStatus, TieKind
from ..models import Building, Contradiction, Household, Organisation, Room, Tie


def _inside(model: type, area: str) -> QuerySet:
    return model.objects.filter(prefix_filter("area_code", prefix_of(area)))  # type: ignore[attr-defined]


def _people(ties: QuerySet[Tie]) -> int:
    return ties.values("person").distinct().count()


def register_counts(area: str) -> dict[str, int | dict[str, int]]:
    """What the register holds in ``area`` (a code or a prefix) within reach: ``persons`` (distinct, merged
    rows not counted), ``households``, ``rooms``, ``buildings``, ``organisations``, ``contradictions``
    waiting, and ``ties``: distinct persons per kind of present tie."""
    ties = _inside(Tie, area).filter(known_to=None)
    present = ties.filter(valid_to=None).values("kind").annotate(people=Count("person", distinct=True))
    by_kind = {row["kind"]: row["people"] for row in present.order_by("kind")}
    return {
        "persons": _people(ties.exclude(person__status=PersonStatus.MERGED)),
        "households": _inside(Household, area).count(),
        "rooms": _inside(Room, area).count(),
        "buildings": _inside(Building, area).count(),
        "organisations": _inside(Organisation, area).count(),
        "contradictions": _inside(Contradiction, area).filter(state=ContradictionState.OPEN).count(),
        "ties": {kind: by_kind.get(kind, 0) for kind in TieKind.values},
    }


def residents_by_area(area: str, digits: int = 15) -> dict[str, int]:
    """Present residents (distinct persons) by the first ``digits`` of the area code; one query."""
    homes = _inside(Tie, area).filter(kind=TieKind.LIVES, known_to=None, valid_to=None)
    counted = homes.values(part=Substr("area_code", 1, digits)).annotate(
        people=Count("person", distinct=True)
    )
    return {row["part"]: row["people"] for row in counted.order_by("part")}
