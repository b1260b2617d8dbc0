"""Where a resident says it is: by a point, or by the community she chose."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.lib.scoping import EVERYWHERE, within

Place = tuple[float, float]  # longitude, latitude
Grouped = list[tuple[str, list[tuple[str, str]]]]


def area_for(place: Place | None, community: str) -> str:
    """The code under which it belongs: the grid around the point, else the community.

    Raises:
        Unacceptable: neither says where; in words what to do next.
    """
    grid = territory.grid_at(*place) if place else ""
    if grid:
        return grid
    if community and is_community(community):
        return community
    if place:
        raise Unacceptable(outside())
    raise Unacceptable(_("请说明在哪里：点“用我现在的位置”、在地图上点一下，或选一个村（社区）。"))


def outside() -> str:
    """Of a point in no grid."""
    return _(
        "这个位置不在本区的任何网格里，可能在河中间或区外。请把点移到岸上最近的地方，或选一个村（社区）；写的字还在。"
    )


def is_community(code: str) -> bool:
    """Whether it is the code of a community in force."""
    with within(EVERYWHERE):
        return territory.areas_in_reach(Level.COMMUNITY).filter(code=code).exists()


def communities() -> Grouped:
    """Those in force, by town, for a list to choose from."""
    with within(EVERYWHERE):
        towns = dict(territory.areas_in_reach(Level.TOWN).order_by("code").values_list("code", "name"))
        rows = list(territory.areas_in_reach(Level.COMMUNITY).order_by("code").values_list("code", "name"))
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name in rows:
        found.setdefault(towns.get(code[:9] + "000", ""), []).append((code, territory.short_name(name)))
    return list(found.items())
