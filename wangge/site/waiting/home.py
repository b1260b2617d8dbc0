"""What the home page counts. Every number has the address of its rows, or none is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from wangge.foundation.access import queries as access
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import Reach, prefix_of, within
from wangge.registry.ledgers.models import Batch, LedgerCount
from wangge.registry.people.models import Person

from .tiles import TILES, Tile

MOST = 1000  # counting stops here; "1000+" says enough and costs the same on any register


@dataclass(frozen=True)
class Counted:
    """A card as shown."""

    tile: Tile
    number: str
    address: str

    @property
    def level(self) -> str:
        return "good" if self.number == "0" else self.tile.level


def _capped(rows: QuerySet) -> str:
    count = rows.order_by()[: MOST + 1].count()
    return f"{MOST}+" if count > MOST else str(count)


def _address(tile: Tile) -> str:
    try:
        return reverse(tile.route) + tile.query
    except NoReverseMatch:
        return ""


def _held(actor: Any, permission: str) -> Reach:
    return access.reach_for(actor, permission)


def tiles_for(actor: Any) -> list[Counted]:
    """The cards of this user, each counted only where the user holds its permission."""
    counted = []
    for tile in TILES:
        reach = _held(actor, tile.permission)
        if reach.prefixes:
            with within(reach):
                counted.append(Counted(tile, _capped(tile.rows()), _address(tile)))
    return counted


def recent_imports(actor: Any) -> list[Batch]:
    """The five latest imports in the user's areas."""
    with within(_held(actor, "ledger.import")):
        return list(Batch.objects.order_by("-id")[:5])


def register_is_empty(actor: Any) -> bool:
    """Whether nobody is registered yet where the user may look."""
    with within(_held(actor, "person.view")):
        return bool(_held(actor, "person.view").prefixes) and not Person.objects.exists()


@dataclass(frozen=True)
class AreaLine:
    """An area below the user's own, with what lies in it."""

    code: str
    name: str
    grids: int
    people: int | None
    as_of: datetime | None = None


def area_overview(actor: Any) -> list[AreaLine]:
    """The next level below the user's own areas, with its grids and the residents last counted there."""
    reach = _held(actor, "area.view")
    with within(reach):
        today = timezone.localdate()
        current = Area.objects.filter(valid_from__lte=today).filter(Q(valid_to=None) | Q(valid_to__gt=today))
        own = list(current.filter(_is_own(reach)).order_by("code")[:20])
        lines = list(current.filter(parent__in=[area.pk for area in own]).order_by("code")[:60]) or own
        grids = dict(current.filter(level="grid").values_list("parent_id").annotate(Count("pk")))
        counts = LedgerCount.objects.filter(ledger="resident", area_code__in=[line.pk for line in lines])
        people = {row.area_code: row for row in counts}
    return [_line(area, grids, people) for area in lines]


def _is_own(reach: Reach) -> Q:
    if reach.everywhere:
        return Q(level="district")
    codes = [prefix.ljust(12, "0") for prefix in reach.prefixes]
    return Q(code__in=codes)


def _line(area: Area, grids: dict[str, int], people: dict[str, LedgerCount]) -> AreaLine:
    inside = prefix_of(area.code)
    counted = people.get(area.code)
    number = (
        1 if area.level == "grid" else sum(n for code, n in grids.items() if code and code.startswith(inside))
    )
    if counted is None:
        return AreaLine(area.code, area.name, number, None)
    return AreaLine(area.code, area.name, number, counted.count, counted.as_of)
