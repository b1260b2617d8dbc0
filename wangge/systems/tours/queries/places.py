"""Where a stop is: its area by name, what the register knows of the place, where it lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from django.db.models import Avg
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.models import Building, Estate, Organisation

from ..models import Stop

Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class Place:
    """What is known of a place."""

    estate: Estate | None = None
    organisation: Organisation | None = None
    point: Point | None = None


def place_of(area: str, name: str) -> Place:
    """The estate or organisation of this name in the area, and where it lies; else the area's middle."""
    inside = prefix_filter("area_code", prefix_of(area))
    estate = Estate.objects.filter(inside, name=name, closed_on=None).first() if name else None
    firms = Organisation.objects.filter(inside, name=name, closed_on=None).select_related("room__building")
    firm = firms.first() if name and estate is None else None
    return Place(estate, firm, _point(estate, firm) or middle_of(area))


def _point(estate: Estate | None, firm: Organisation | None) -> Point | None:
    if estate is not None:
        found = Building.objects.filter(estate=estate).aggregate(lon=Avg("lon"), lat=Avg("lat"))
        return (found["lon"], found["lat"]) if found["lon"] is not None else None
    house = firm.room.building if firm is not None and firm.room is not None else None
    return (house.lon, house.lat) if house and house.lon is not None and house.lat is not None else None


def middle_of(area: str) -> Point | None:
    """A point inside the area; None where its shape is not known."""
    shapes = territory.shapes_on(timezone.localdate(), area)
    if not shapes:
        return None
    point = shapely.union_all(list(shapes.values())).representative_point()
    return point.x, point.y


def covering(codes: Iterable[str]) -> str:
    """The smallest area that holds all of these."""
    prefixes = [prefix_of(code) for code in codes]
    for digits in (15, 12, 9, 6):
        heads = {prefix[:digits] for prefix in prefixes}
        if len(heads) == 1 and all(len(prefix) >= digits for prefix in prefixes):
            return heads.pop().ljust(12, "0")
    return ""


def name_of(stop: Stop) -> str:
    """How people call a stop."""
    return f"{area_words([stop.area_code])[stop.area_code]} {stop.name}".strip()


def area_words(codes: Iterable[str]) -> dict[str, str]:
    """Areas as one line each: 环市街道 丰雅社区; a grid with its community. One query."""
    wanted = {code: territory.path_of(code)[1:] or [code] for code in set(codes)}
    names = territory.names_of({step for path in wanted.values() for step in path})
    return {
        code: " ".join(territory.short_name(names[step]) for step in path if step in names)
        for code, path in wanted.items()
    }


def areas_offered() -> dict[str, str]:
    """What may be typed for an area in reach (town, community or grid) → its code."""
    rows = territory.areas_in_reach().exclude(level=Level.DISTRICT).order_by("code")
    codes = list(rows.values_list("code", flat=True))
    return {words: code for code, words in area_words(codes).items()}


def area_meant(typed: str, offered: dict[str, str]) -> tuple[str, list[str]]:
    """The code somebody means, and where it is none or several what it could be, ten at most."""
    wanted = " ".join(typed.split())
    if wanted in offered:
        return offered[wanted], []
    ends = [words for words in offered if words.rsplit(" ", 1)[-1] == wanted]
    if len(ends) == 1:
        return offered[ends[0]], []
    alike = ends or [words for words in offered if wanted and wanted in words]
    return "", sorted(alike, key=len)[:10]
