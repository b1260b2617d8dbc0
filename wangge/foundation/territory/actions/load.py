"""Loading a district package: the same package again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.actions.divide import grid_name
from wangge.foundation.territory.actions.shapes import shapes_changed
from wangge.foundation.territory.districts import DistrictPackage, read_package
from wangge.foundation.territory.enums import GridKind, Level
from wangge.foundation.territory.geometry import cuts, drawing
from wangge.foundation.territory.geometry.measures import area_m2, as_text
from wangge.foundation.territory.models import ALWAYS, Area, CalendarDay, GridShape, Outline, Setting
from wangge.lib.scoping import EVERYWHERE, within

_AT_ONCE = 500


@dataclass(frozen=True)
class Loaded:
    """What a loading changed."""

    areas_new: int = 0
    areas_renamed: int = 0
    settings: int = 0
    days: int = 0
    demo_grids: int = 0

    @property
    def nothing(self) -> bool:
        return self == Loaded()


@transaction.atomic
def load_package(
    code: str,
    *,
    actor: Any = "cli",
    folder: Path | None = None,
    demo: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Loaded:
    """Bring a district's areas, settings and calendar up to its package.

    Areas missing from the package stay; renamed ones take the new name.

    Args:
        code: six digits; a shipped package unless ``folder`` names another.
        demo: also draw the made-up grids, where the district has no grid yet.
        progress: is told each step.

    Raises:
        PackageProblem: the package cannot be read.
    """
    package = read_package(code, folder)
    with within(EVERYWHERE):
        progress("areas")
        new, renamed = _load_areas(package)
        settings, days = _load_settings(package), _load_calendar(package)
        loaded = Loaded(new, renamed, settings, days)
        if demo and not Area.objects.filter(code__startswith=code, level=Level.GRID).exists():
            progress("grids")
            loaded = replace(loaded, demo_grids=_draw_demo(package))
        if not loaded.nothing:
            journal.record("district.loaded", actor=actor, area=code + "0" * 6, data=loaded.__dict__)
    return loaded


def _load_areas(package: DistrictPackage) -> tuple[int, int]:
    known = Area.objects.filter(code__startswith=package.code).in_bulk()
    new = [row for row in package.areas if row.code not in known]
    Area.objects.bulk_create(
        [
            Area(code=row.code, level=row.level, name=row.name, parent_id=row.parent, category=row.category)
            for row in new
        ],
        _AT_ONCE,
    )
    renamed = [
        known[row.code] for row in package.areas if row.code in known and _take_over(known[row.code], row)
    ]
    Area.objects.bulk_update(renamed, ["name", "category"], _AT_ONCE)
    return len(new), len(renamed)


def _take_over(area: Area, row: Any) -> bool:
    """Whether the package names the area differently; the area then has the package's words."""
    if (area.name, area.category) == (row.name, row.category):
        return False
    area.name, area.category = row.name, row.category
    return True


def _load_settings(package: DistrictPackage) -> int:
    """Write parameters that differ; a note without a parameter is kept as an empty one (待配置)."""
    wanted = {key: (value, package.notes.get(key, "")) for key, value in package.settings.items()}
    wanted |= {key: ("", note) for key, note in package.notes.items() if key not in wanted}
    rows = {row.key: row for row in Setting.objects.filter(valid_from=ALWAYS)}
    written = 0
    for key, (value, note) in wanted.items():
        row = rows.get(key)
        if row is None or (row.value, row.note) != (value, note):
            Setting.objects.update_or_create(
                key=key, valid_from=ALWAYS, defaults={"value": value, "note": note}
            )
            written += 1
    return written


def _load_calendar(package: DistrictPackage) -> int:
    known = {(str(row.date), row.kind, row.title) for row in CalendarDay.objects.all()}
    missing = [
        CalendarDay(date=day, kind=kind, title=title)
        for day, kind, title in package.calendar
        if (day, kind, title) not in known
    ]
    CalendarDay.objects.bulk_create(
        missing, update_conflicts=True, unique_fields=["date"], update_fields=["kind", "title"]
    )
    return len(missing)


def demo_counts(package: DistrictPackage) -> dict[str, int]:
    """How many demo grids each community gets: some exactly, the others as evenly as can be, at least 1."""
    communities = [row.code for row in package.of_level(Level.COMMUNITY)]
    exact = {code: count for code, count in package.demo.get("exactly", {}).items() if code in communities}
    others = [code for code in communities if code not in exact]
    left = int(package.demo.get("grids", 3 * len(communities))) - sum(exact.values())
    counts = {
        code: max(1, left * (at + 1) // len(others) - left * at // len(others))
        for at, code in enumerate(others)
    }
    return {code: exact.get(code) or counts[code] for code in communities}


def _draw_demo(package: DistrictPackage) -> int:
    """Invent grids, their shapes and the communities' outlines, all marked demo."""
    counts = demo_counts(package)
    towns = [row.code for row in package.of_level(Level.TOWN)]
    members = [[code for code in counts if code.startswith(town[:9])] for town in towns]
    members = [codes for codes in members if codes]
    names = {row.code: row.name for row in package.areas}
    rng = np.random.default_rng(int(package.demo.get("seed", package.code)))
    centre = tuple(package.demo.get("centre", (105.0, 35.0)))
    place = drawing.outline(centre, float(package.demo.get("radius_m", 10_000)), rng)
    drawn = iter(drawing.draw(place, [[counts[code] for code in codes] for codes in members], rng))
    grids: list[Area] = []
    shapes: list[GridShape] = []
    outlines: list[Outline] = []
    for community in (code for codes in members for code in codes):
        parts = [next(drawn) for _at in range(counts[community])]
        outlines.append(Outline(area_id=community, polygon=as_text(shapely.union_all(parts)), demo=True))
        for serial, part in enumerate(cuts.reading_order(parts), start=1):
            code = f"{community}{serial:03d}"
            name = grid_name(names[community], code)
            grids.append(
                Area(
                    code=code,
                    level=Level.GRID,
                    name=name,
                    parent_id=community,
                    kind=GridKind.GENERAL,
                    demo=True,
                )
            )
            shapes.append(GridShape(grid_id=code, polygon=as_text(part), area_m2=area_m2(part), demo=True))
    Area.objects.bulk_create(grids, _AT_ONCE)
    GridShape.objects.bulk_create(shapes, _AT_ONCE)
    Outline.objects.bulk_create(outlines, _AT_ONCE)
    shapes_changed()
    return len(grids)
