"""The area a page of the linkage speaks of."""

from __future__ import annotations

from django.http import Http404

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area

INDENT = {"district": "", "town": "", "community": "　"}


def area_or_404(code: str) -> Area:
    """The area, or as if there were none where it lies outside the reach."""
    area = territory.area_by_code(code)
    if area is None:
        raise Http404
    return area


def highest_area() -> Area | None:
    """The highest area in reach."""
    return territory.tops_in_reach().order_by("code").first()


def choices() -> list[tuple[str, str]]:
    """The areas in reach down to communities: code, name."""
    areas = territory.areas_in_reach().exclude(level="grid").order_by("code").only("code", "name", "level")
    return [(one.code, INDENT[one.level] + territory.short_name(one.name)) for one in areas]


def number(text: str | None) -> int | None:
    """A key from an address, None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
