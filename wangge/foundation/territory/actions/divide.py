"""Re-division: split and merge, from a day on. Nothing is deleted, codes are never reused."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.territory import rules
from wangge.foundation.territory.actions.history import note_change
from wangge.foundation.territory.actions.shapes import replace_shape, shapes_changed
from wangge.foundation.territory.enums import ChangeKind, GridKind, Level
from wangge.foundation.territory.geometry import cuts
from wangge.foundation.territory.geometry.measures import from_text
from wangge.foundation.territory.models import Area, GridShape
from wangge.foundation.territory.queries import short_name
from wangge.foundation.territory.rules import NotPossible
from wangge.lib.scoping import EVERYWHERE, within

FIRST_SPECIAL = 901  # serials 901–999 are for special grids (spec §3.2, a guess)
_SAME_GROUND = 1e-6  # share of the area by which two outlines may differ and still be the same ground


@transaction.atomic
def split(
    *,
    actor: Any,
    grid: Area,
    line_or_parts: shapely.LineString | Sequence[shapely.Polygon],
    on: datetime.date,
    names: Sequence[str] = (),
    reason: str = "",
) -> list[Area]:
    """Close a grid and open its parts, from ``on`` on, with new serials west to east.

    Args:
        line_or_parts: where to cut, or the parts themselves, which must make up the whole grid.
        names: the new grids' names in reading order; made from the serial where missing.

    Raises:
        NotPossible: not a grid in force on that day, no shape, or the line does not cut it.
    """
    rules.must_be_grids_in_force([grid], on)
    parts = parts_of(open_shape(grid, on), line_or_parts)
    new = _open_grids(grid, parts, names, on)
    _close([grid], on)
    _noted(actor, ChangeKind.SPLIT, "area.split", [grid], new, on, reason)
    return new


@transaction.atomic
def merge(*, actor: Any, grids: Sequence[Area], into_name: str, on: datetime.date, reason: str = "") -> Area:
    """Close neighbouring grids of one community and open one in their place, from ``on`` on.

    Raises:
        NotPossible: fewer than two, of different communities or kinds, or not neighbours.
    """
    rules.must_be_several(grids)
    rules.must_be_grids_in_force(grids, on)
    rules.must_share_a_community(grids)
    whole = joined([open_shape(grid, on) for grid in grids])
    new = _open_grids(grids[0], [whole], [into_name], on)
    _close(grids, on)
    _noted(actor, ChangeKind.MERGE, "area.merged", grids, new, on, reason)
    return new[0]


def parts_of(
    shape: shapely.Geometry, line_or_parts: shapely.LineString | Sequence[shapely.Polygon]
) -> list[shapely.Polygon]:
    """What a split would make of a shape, in reading order; also what the preview shows."""
    if not isinstance(line_or_parts, shapely.LineString):
        parts = list(line_or_parts)
        if len(parts) < 2:
            raise NotPossible(_("拆分后至少要有两个部分。"))
        must_be_same_ground(shape, parts)
        return cuts.reading_order(parts)
    try:
        return cuts.cut(shape, line_or_parts)
    except cuts.CannotCut as error:
        raise NotPossible(_("这条线没有把网格分成两部分；请让线的两端都落在网格外面。")) from error


def joined(shapes: Sequence[shapely.Geometry]) -> shapely.Polygon:
    """What a merge would make of shapes; also what the preview shows."""
    whole = cuts.join(shapes)
    if whole.geom_type != "Polygon":
        raise NotPossible(_("所选网格不相邻，不能合并成一个网格。"))
    return whole


def must_be_same_ground(old: shapely.Geometry, parts: Sequence[shapely.Polygon]) -> None:
    """Raises NotPossible when the parts overlap or do not make up the old ground."""
    if any(not part.is_valid or part.is_empty or part.geom_type != "Polygon" for part in parts):
        raise NotPossible(_("新的图形自相交或不是多边形。"))
    allowed = old.area * _SAME_GROUND
    if sum(part.area for part in parts) - shapely.union_all(parts).area > allowed:
        raise NotPossible(_("新的图形互相重叠。"))
    if old.symmetric_difference(shapely.union_all(parts)).area > allowed:
        raise NotPossible(_("新的图形与原来的范围不一致：不能多出或漏掉地方。"))


def open_shape(grid: Area, on: datetime.date) -> shapely.Geometry:
    """The grid's current shape; changes are made on top of the newest state only."""
    row = GridShape.objects.filter(grid=grid, valid_to=None).first()
    if row is None:
        raise NotPossible(_("%(name)s 还没有图形；请先导入网格图形。") % {"name": grid.name})
    if on < row.valid_from:
        raise NotPossible(
            _("%(name)s 在 %(day)s 有过更晚的调整；生效日期不能早于它。")
            % {"name": grid.name, "day": row.valid_from.isoformat()}
        )
    return from_text(row.polygon)


def next_serials(community: str, kind: str, count: int) -> list[str]:
    """The next free grid codes of a community; a serial that was ever used is not free.

    Raises:
        NotPossible: the serials of that kind are used up.
    """
    special = kind == GridKind.SPECIAL
    with within(EVERYWHERE):
        codes = Area.objects.filter(parent_id=community, level=Level.GRID).values_list("code", flat=True)
        used = [int(code[12:]) for code in codes]
    same = [serial for serial in used if (serial >= FIRST_SPECIAL) == special]
    first = max(same, default=FIRST_SPECIAL - 1 if special else 0) + 1
    if first + count - 1 > (999 if special else FIRST_SPECIAL - 1):
        raise NotPossible(_("这个村（社区）的网格编号已用完。"))
    return [f"{community}{serial:03d}" for serial in range(first, first + count)]


def grid_name(community_name: str, code: str) -> str:
    """The name of a grid that nobody named: 丰乐社区第3网格."""
    return _("%(community)s第%(serial)d网格") % {
        "community": short_name(community_name),
        "serial": int(code[12:]),
    }


def _open_grids(
    like: Area, shapes: Sequence[shapely.Polygon], names: Sequence[str], on: datetime.date
) -> list[Area]:
    """New grids in the community of ``like``, with its kind, from ``on`` on."""
    assert like.parent is not None  # a grid always has a community
    codes = next_serials(like.parent.code, like.kind, len(shapes))
    new = []
    for at, (code, shape) in enumerate(zip(codes, shapes, strict=True)):
        given = names[at].strip() if at < len(names) else ""
        name = given or grid_name(like.parent.name, code)
        area = Area(code=code, level=Level.GRID, name=name, valid_from=on, parent=like.parent)
        area.kind, area.demo, area.party_group = like.kind, like.demo, like.party_group
        area.save(force_insert=True)
        replace_shape(area, shape, on, demo=like.demo)
        new.append(area)
    return new


def _close(grids: Sequence[Area], on: datetime.date) -> None:
    codes = [grid.code for grid in grids]
    Area.objects.filter(code__in=codes).update(valid_to=on)
    GridShape.objects.filter(grid_id__in=codes, valid_to=None).update(valid_to=on)
    for grid in grids:
        grid.valid_to = on


def _noted(
    actor: Any,
    kind: ChangeKind,
    event: str,
    before: Sequence[Area],
    after: Sequence[Area],
    on: datetime.date,
    reason: str,
) -> None:
    shapes_changed()
    old, new = [grid.code for grid in before], [grid.code for grid in after]
    note_change(actor, kind, event, before=old, after=new, on=on, reason=reason)
