"""GeoJSON in: all of a file or nothing of it, with every fault named."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import uuid4

import shapely
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.actions.faults import Fault, told
from wangge.foundation.territory.actions.history import note_change
from wangge.foundation.territory.actions.incoming import read_features
from wangge.foundation.territory.enums import ChangeKind, Level
from wangge.foundation.territory.geometry import checks
from wangge.foundation.territory.geometry.measures import area_m2, as_text, from_text
from wangge.foundation.territory.models import Area, GridShape, ShapeVersion, valid_on
from wangge.foundation.territory.queries import outlines_on, setting, shapes_on

__all__ = ["Fault", "ShapeReport", "import_shapes", "replace_shape", "shapes_changed"]


@dataclass
class ShapeReport:
    """What an import found; ``applied`` says whether anything was written."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    applied: bool = False

    @property
    def accepted(self) -> bool:
        return not self.faults


def shapes_changed() -> None:
    """Tell every process that shapes are no longer what they were."""
    ShapeVersion.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})


def replace_shape(grid: Area, shape: shapely.Geometry, on: datetime.date, *, demo: bool) -> None:
    """End the grid's open shape on a day and begin another; a shape of the same day is overwritten."""
    values = {"polygon": as_text(shape), "area_m2": area_m2(shape), "demo": demo}
    current = GridShape.objects.filter(grid=grid, valid_to=None)
    if current.filter(valid_from=on).update(**values):
        return
    current.update(valid_to=on)
    GridShape.objects.create(grid=grid, valid_from=on, **values)


def import_shapes(
    *,
    actor: Any,
    source: str | bytes | Mapping[str, Any],
    system: str = "wgs84",
    on: datetime.date | None = None,
    dry_run: bool = False,
    demo: bool = False,
) -> ShapeReport:
    """Take over the shapes of a GeoJSON file, or say what is wrong with it and take nothing.

    The same file again changes nothing. Only grids inside the reach can be given a shape.

    Args:
        source: a feature collection; each feature has ``code`` (15 digits) among its properties.
        system: of the coordinates: wgs84, gcj02 or bd09.
        on: the day the shapes hold from (today).
        dry_run: only say what would happen.
    """
    on = on or timezone.localdate()
    shapes, faults = read_features(source, system)
    report = ShapeReport(faults=list(faults))
    grids = _grids(shapes, on)
    report.faults += [Fault.unknown(code, shape) for code, shape in shapes.items() if code not in grids]
    report.faults += _backdated(grids, on)
    known = {code: shape for code, shape in shapes.items() if code in grids}
    sound = {}
    for code, shape in known.items():
        found = list(checks.faults_of_one(code, shape))
        report.faults += told(found)
        if not found:
            sound[code] = shape
    _compare(report, sound)
    report.faults += told(faults_beside_others(sound, on))
    if report.accepted and not dry_run:
        _apply(report, actor, {code: grids[code] for code in (*report.new, *report.changed)}, sound, on, demo)
    return report


def _grids(shapes: Mapping[str, shapely.Geometry], on: datetime.date) -> dict[str, Area]:
    return Area.objects.filter(valid_on(on), level=Level.GRID).in_bulk(list(shapes))


def _backdated(grids: Mapping[str, Area], on: datetime.date) -> list[Fault]:
    later = GridShape.objects.filter(grid_id__in=list(grids), valid_from__gt=on)
    later = later.exclude(valid_to=F("valid_from"))  # withdrawn before it began
    return [Fault.later_shape(code, day) for code, day in later.values_list("grid_id", "valid_from")]


def _compare(report: ShapeReport, shapes: Mapping[str, shapely.Geometry]) -> None:
    rows = GridShape.objects.filter(grid_id__in=list(shapes), valid_to=None)
    current = dict(rows.values_list("grid_id", "polygon"))
    for code, shape in shapes.items():
        if code not in current:
            report.new.append(code)
        elif shapely.equals_exact(from_text(current[code]).normalize(), shape.normalize()):
            report.unchanged.append(code)
        else:
            report.changed.append(code)


def faults_beside_others(
    shapes: Mapping[str, shapely.Geometry],
    on: datetime.date,
    outlines: Mapping[str, shapely.Geometry] | None = None,
) -> list[checks.Problem]:
    """Faults that show only next to the other grids of the district, of the touched communities.

    Args:
        outlines: borders of communities that are about to change.
    """
    if not shapes:
        return []
    communities = {code[:12] for code in shapes}
    limits = checks.Tolerance(
        overlap_m2=setting("limits.overlap_m2", 1.0),
        gap_m2=setting("limits.gap_m2", 25.0),
        outside_m2=setting("limits.outside_m2", 1.0),
    )
    district = next(iter(shapes))[:6] + "0" * 6
    every = {**shapes_on(on, district), **shapes}
    borders = {**outlines_on(on, communities), **(outlines or {})}
    return checks.faults_together(every, borders, limits, communities)


@transaction.atomic
def _apply(
    report: ShapeReport,
    actor: Any,
    grids: Mapping[str, Area],
    shapes: Mapping[str, shapely.Geometry],
    on: datetime.date,
    demo: bool,
) -> None:
    report.applied = True
    if not grids:
        return
    for code, grid in grids.items():
        replace_shape(grid, shapes[code], on, demo=demo)
    shapes_changed()
    rows = [("territory.area", code, code, {"area_m2": round(area_m2(shapes[code]))}) for code in grids]
    data = {"on": on.isoformat()}
    journal.record_many("area.shape_imported", actor=actor, area=min(grids)[:12], rows=rows, data=data)
    _note_moved(report.changed, actor, on)


def _note_moved(codes: list[str], actor: Any, on: datetime.date) -> None:
    """New shapes of grids that had one are moved borders: who keeps counts by grid must hear of it."""
    for _community, members in groupby(sorted(codes), key=lambda code: code[:12]):
        grids = list(members)
        note_change(actor, ChangeKind.BORDER, "area.border_moved", before=grids, after=grids, on=on)
