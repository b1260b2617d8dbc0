"""What a change of grids would move, before it is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import shapely
from django.db.models import Count, Q

from wangge.foundation.territory.queries import locate
from wangge.lib.scoping import prefix_filter

from ..enums import TieKind
from ..models import Building, BuildingGrid, Household, Tie
from .residence import held_on


@dataclass(frozen=True)
class Moving:
    """What goes from one grid to another: buildings, their households and who lives in them."""

    source: str
    target: str
    buildings: list[Building]
    households: int
    people: int


def buildings_of_grids(grids: Iterable[str], day: date) -> list[tuple[Building, str]]:
    """The buildings in reach that stand in one of the grids on ``day``, each with its grid; two queries."""
    wanted = set(grids)
    inside = Q()
    for community in {code[:12] for code in wanted}:
        inside |= prefix_filter("area_code", community)
    buildings = list(Building.objects.filter(inside).order_by("name", "pk"))
    dated = BuildingGrid.objects.filter(
        held_on(day), known_to=None, building__in=[building.pk for building in buildings]
    )
    grid_of = dict(dated.values_list("building_id", "area_code"))
    placed = [(building, grid_of.get(building.pk, building.area_code)) for building in buildings]
    return [(building, code) for building, code in placed if code in wanted]


def moving(shapes: Mapping[str, shapely.Geometry], day: date) -> list[Moving]:
    """What would move on ``day`` if grids had these shapes: by grid left and grid entered."""
    placed = [
        (building, code)
        for building, code in buildings_of_grids(shapes, day)
        if building.lon is not None and building.lat is not None
    ]
    if not placed:
        return []
    targets = locate(shapes, [(building.lon or 0.0, building.lat or 0.0) for building, _code in placed])
    going: dict[tuple[str, str], list[Building]] = defaultdict(list)
    for (building, code), target in zip(placed, targets, strict=True):
        if target and target != code:
            going[code, str(target)].append(building)
    return [_counted(*pair, buildings, day) for pair, buildings in sorted(going.items())]


def _counted(source: str, target: str, buildings: list[Building], day: date) -> Moving:
    keys = [building.pk for building in buildings]
    homes = Tie.objects.filter(held_on(day), kind=TieKind.LIVES, known_to=None, room__building__in=keys)
    people = homes.aggregate(people=Count("person", distinct=True))["people"]
    households = Household.objects.filter(room__building__in=keys).count()
    return Moving(source, target, buildings, households, people)
