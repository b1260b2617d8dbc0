"""When a grid ends, by a split or a merger, codes and declarations go where their place went."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import prefix_filter

from ..enums import State
from ..models import Declaration, ReportCode

PLACES = ("building", "room", "organisation")


def follow_ended_grids() -> int:
    """A sweep: what still stands under a grid that ended moves; returns how many rows, none when run again.
    The place tells where to (``people`` moved it before), else the one grid that took over, else the
    community keeps the row."""
    today, moved = timezone.localdate(), 0
    ended = Area._base_manager.filter(level=Level.GRID, valid_to__lte=today)
    held = set(
        ReportCode._base_manager.filter(area_code__in=ended.values("code")).values_list(
            "area_code", flat=True
        )
    )
    rows = _open().filter(area_code__in=ended.values("code"))
    for grid in sorted(held | set(rows.values_list("area_code", flat=True).distinct())):
        moved += _follow(grid, today)
    return moved


def _open() -> Any:
    return Declaration._base_manager.exclude(state=State.ARCHIVED)


@transaction.atomic
def _follow(grid: str, today: Any) -> int:
    later = territory.successors(grid, today)
    heir = later[0] if len(later) == 1 and later[0] != grid else grid[:12]
    codes = ReportCode._base_manager.filter(area_code=grid)
    moved = 0
    for place in PLACES:
        placed = codes.filter(_inside(place, grid)).exclude(**{f"{place}__area_code": grid})
        for code in placed.annotate(there=F(f"{place}__area_code")):
            moved += codes.filter(pk=code.pk).update(area_code=code.there)
    moved += sum(_move(code, grid, heir) for code in codes)
    rows = _open().filter(area_code=grid)
    for row in (
        rows.filter(_inside("room", grid)).exclude(room__area_code=grid).annotate(there=F("room__area_code"))
    ):
        moved += rows.filter(pk=row.pk).update(area_code=row.there)
    moved += rows.update(area_code=heir)
    journal.record(
        "declaration.divided", actor="system", area=grid[:12], changes={"from": [grid], "rows": moved}
    )
    return moved


def _move(code: ReportCode, grid: str, heir: str) -> int:
    """A code by name goes along; where that name hangs already the old grid's number tells them apart."""
    code.area_code = heir
    same = {"scope": code.scope, "area_code": heir, "label": code.label, "revoked_at": None}
    if code.revoked_at is None and ReportCode._base_manager.filter(**same).exists():
        code.label = f"{code.label[:110]}（{grid[-3:]}）"
    code.save(update_fields=["area_code", "label"])
    return 1


def _inside(place: str, grid: str) -> Q:
    """The place is still in the community of the grid; what went further a verifier passes on."""
    return prefix_filter(f"{place}__area_code", grid[:12])
