"""What the territory was on a day, and what became of a code."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import shapely
from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.geometry.measures import from_text
from wangge.foundation.territory.models import Area, AreaChange, GridShape, Outline, valid_on
from wangge.lib.scoping import EVERYWHERE, prefix_filter, prefix_of, within


def grid_codes_on(day: datetime.date, area: str = "") -> list[str]:
    """The codes of all grids in force on a day, inside ``area`` (everywhere), in order."""
    with within(EVERYWHERE):
        grids = Area.objects.filter(valid_on(day), level=Level.GRID)
        inside = prefix_filter("code", prefix_of(area)) if area else Q()
        return list(grids.filter(inside).order_by("code").values_list("code", flat=True))


def grids_between(
    first: datetime.date, last: datetime.date
) -> list[tuple[str, datetime.date, datetime.date | None]]:
    """All grids in force on any day from ``first`` to ``last``, in order, each with the day it came into
    force and the day it went out of it."""
    with within(EVERYWHERE):
        begun = Area.objects.filter(level=Level.GRID, valid_from__lte=last).exclude(valid_to__lte=first)
        return list(begun.order_by("code").values_list("code", "valid_from", "valid_to"))


def successors(code: str, day: datetime.date | None = None) -> list[str]:
    """What has become of a grid by ``day`` (today): the codes in force that took over its ground.

    A grid that was never divided is its own successor.
    """
    return _follow(code, _changes_until(code, day), backwards=False)


def predecessors(code: str, day: datetime.date) -> list[str]:
    """The codes in force on ``day`` whose ground today's ``code`` took over."""
    with within(EVERYWHERE):
        changes = list(AreaChange.objects.filter(area_code=code[:12], on__gt=day).order_by("-on", "-id"))
    return _follow(code, changes, backwards=True)


def _changes_until(code: str, day: datetime.date | None) -> list[AreaChange]:
    with within(EVERYWHERE):
        changes = AreaChange.objects.filter(area_code=code[:12], on__lte=day or timezone.localdate())
        return list(changes.order_by("on", "id"))


def _follow(code: str, changes: Iterable[AreaChange], *, backwards: bool) -> list[str]:
    """Replace codes change by change, in the order the changes are given."""
    codes = {code}
    for change in changes:
        before, after = (
            (change.to_codes, change.from_codes) if backwards else (change.from_codes, change.to_codes)
        )
        if set(before) != set(after) and codes & set(before):
            codes = (codes - set(before)) | set(after)
    return sorted(codes)


def neighbours_of(grid: Area, day: datetime.date) -> list[Area]:
    """Grids of the same town and kind, inside the reach, whose ground touches this one's along a line."""
    shapes = shapes_on(day, grid.code[:9] + "000")
    own = shapes.pop(grid.code, None)
    if own is None:
        return []
    touching = [code for code, shape in shapes.items() if own.intersection(shape).length > 0]
    return list(Area.objects.filter(valid_on(day), pk__in=touching, kind=grid.kind).order_by("code"))


def changes_of(code: str) -> QuerySet[AreaChange]:
    """The changes in an area, the newest first, inside the reach; for a grid those that name it."""
    changes = AreaChange.objects.filter(prefix_filter("area_code", prefix_of(code[:12]))).order_by(
        "-on", "-id"
    )
    if len(code) < 15:
        return changes
    named = [change.pk for change in changes if code in (*change.from_codes, *change.to_codes)]
    return changes.filter(pk__in=named)


def shapes_on(day: datetime.date, area: str = "") -> dict[str, shapely.Geometry]:
    """The shapes in force on a day by grid code, whatever the reach."""
    with within(EVERYWHERE):
        rows = GridShape.objects.filter(valid_on(day)).order_by("grid_id")
        inside = prefix_filter("grid_id", prefix_of(area)) if area else Q()
        return {code: from_text(text) for code, text in rows.filter(inside).values_list("grid_id", "polygon")}


def shape_on(code: str, day: datetime.date | None = None) -> shapely.Geometry | None:
    """One grid's shape on a day (today)."""
    with within(EVERYWHERE):
        row = GridShape.objects.filter(valid_on(day or timezone.localdate()), grid_id=code).first()
    return None if row is None else from_text(row.polygon)


def outlines_on(day: datetime.date, codes: Iterable[str]) -> dict[str, shapely.Geometry]:
    """The borders of communities in force on a day, by code, whatever the reach."""
    with within(EVERYWHERE):
        rows = Outline.objects.filter(valid_on(day), area_id__in=set(codes))
        return {code: from_text(text) for code, text in rows.values_list("area_id", "polygon")}
