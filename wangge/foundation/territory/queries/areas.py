"""Areas by code, their children and the path of their names."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area, valid_on
from wangge.lib.scoping import EVERYWHERE, current_reach, prefix_of, within

_ENDINGS = {
    "社区居民委员会": "社区",
    "社区居委会": "社区",
    "村民委员会": "村",
    "村委会": "村",
    "居民委员会": "",
    "居委会": "",
}


def short_name(name: str) -> str:
    """How people call a community: 丰乐社区居委会 -> 丰乐社区, 长乔村委会 -> 长乔村."""
    for ending, stays in _ENDINGS.items():
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + stays
    return name


def area_by_code(code: str) -> Area | None:
    """An area inside the reach, else None."""
    return Area.objects.filter(code=code).first()


def area_asked_for(code: str) -> Area | None:
    """The area a page is asked for, inside the reach; the highest there without a code."""
    return area_by_code(code) if code else tops_in_reach().order_by("code").first()


def areas_in_reach(level: Level | str = "", day: datetime.date | None = None) -> QuerySet[Area]:
    """Areas in force inside the reach, of one level or all."""
    areas = Area.objects.filter(valid_on(day or timezone.localdate()))
    return areas.filter(level=level) if level else areas


def children_of(code: str, day: datetime.date | None = None) -> QuerySet[Area]:
    """The areas directly below one, in force on ``day`` (today), inside the reach."""
    return Area.objects.filter(valid_on(day or timezone.localdate()), parent_id=code)


def tops_in_reach() -> QuerySet[Area]:
    """Where the reader's tree begins: the highest areas inside the reach."""
    reach = current_reach()
    areas = areas_in_reach()
    if reach.everywhere:
        return areas.filter(parent=None)
    return areas.filter(code__in=[_full(prefix) for prefix in reach.prefixes])


def _full(prefix: str) -> str:
    return prefix if len(prefix) == 15 else prefix.ljust(12, "0")


def path_of(code: str) -> list[str]:
    """The codes from the district down to ``code`` itself."""
    steps = [code[:6] + "0" * 6, code[:9] + "0" * 3, code[:12], code]
    own = prefix_of(code)
    return [step for step in dict.fromkeys(steps) if own.startswith(prefix_of(step))]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of areas by code, whatever the reach; unknown codes are left out."""
    with within(EVERYWHERE):
        return dict(Area.objects.filter(code__in=set(codes)).values_list("code", "name"))


def area_name_path(code: str, separator: str = " / ") -> str:
    """The names from the district down to an area: 蓬江区 / 白沙街道 / 丰乐社区 / 第1网格.

    Reads names whatever the reach: whoever sees a row may know where it belongs.
    """
    if not code:
        return ""
    path = path_of(code)
    names = names_of(path)
    return separator.join(short_name(names[step]) for step in path if step in names)


def where(area: str) -> str:
    """The area by name; for "" the reader's own areas."""
    if area:
        return area_name_path(area)
    return "、".join(tops_in_reach().order_by("code").values_list("name", flat=True)[:5])
