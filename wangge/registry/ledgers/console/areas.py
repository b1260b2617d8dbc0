"""The area a ledger page speaks of."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.http import Http404, HttpRequest

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import prefix_of

KEPT = "ledger_area"
INDENT = {"district": "", "town": "", "community": "　", "grid": "　　"}


class Choice(NamedTuple):
    """One line of the list of areas."""

    code: str
    label: str


def area_of(request: HttpRequest, given: str = "") -> Area:
    """The area asked for, else the one last looked at, else the highest in reach.

    Raises Http404 when the one asked for lies outside the reach, or the reach holds no area at all.
    """
    code = given or request.GET.get("area", "")
    if code:
        area = territory.area_by_code(code)
        if area is None:
            raise Http404
        if request.session.get(KEPT) != area.code:
            request.session[KEPT] = area.code
        return area
    kept = territory.area_by_code(request.session.get(KEPT, ""))
    area = kept or territory.tops_in_reach().order_by("code").first()
    if area is None:
        raise Http404
    return area


def choices_for(area: Area | None, day: date | None = None) -> list[Choice]:
    """The areas of ``day`` (today) in reach down to communities, with the grids of the community in view,
    and the one in view itself, in force that day or not."""
    areas = territory.areas_in_reach(day=day).order_by("code").only("code", "name", "level")
    unit = area.code[:12] if area is not None and len(prefix_of(area.code)) >= 12 else ""
    inside = areas.filter(~Q(level="grid") | Q(parent_id=unit)) if unit else areas.exclude(level="grid")
    shown = list(inside) or list(areas)
    if area is not None and area.code not in {one.code for one in shown}:
        shown = sorted([*shown, area], key=lambda one: one.code)
    return [Choice(one.code, INDENT[one.level] + territory.short_name(one.name)) for one in shown]
