"""Targets of a special action go with the ground when grids are divided anew."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
import shapely
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import a_building, a_firm, said
from wangge.engines.forms.models import Form
from wangge.flows import drain
from wangge.foundation.territory import actions as territory
from wangge.foundation.territory.models import Area, GridShape
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.actions import assign_grid
from wangge.systems.hazards.actions.drives import Wanted, end_drive, start_drive
from wangge.systems.hazards.actions.inspecting import Answer, record_inspection
from wangge.systems.hazards.actions.pack import load_checklists
from wangge.systems.hazards.queries.drives import report

pytestmark = pytest.mark.django_db
WEST, EAST, NORTH, SOUTH = 113.05, 113.07, 22.62, 22.60


@pytest.fixture(autouse=True)
def grid(settings, tmp_path, ground):
    settings.HOME = tmp_path
    with within(EVERYWHERE):
        load_checklists(actor="test", area_code=cast.DISTRICT)
        found = Area.objects.get(code=cast.GRID)
        shape = json.dumps(shapely.geometry.mapping(shapely.box(WEST, SOUTH, EAST, NORTH)))
        GridShape.objects.update_or_create(grid=found, defaults={"polygon": shape, "area_m2": 1})
        yield found


def started(target: str = "high_rise"):
    today = timezone.localdate()
    form = Form.objects.get(key="hazard_high_rise")
    wish = Wanted(uuid4(), "秋冬消防", form, target, [cast.COMMUNITY], today, today)
    return start_drive(actor=cast.secretary(), area_code=cast.COMMUNITY, wanted=wish)


def split(grid) -> tuple[str, str]:
    line = shapely.LineString([(113.06, SOUTH - 0.01), (113.06, NORTH + 0.01)])
    parts = territory.split(actor="cli", grid=grid, line_or_parts=line, on=timezone.localdate())
    drain()
    return parts[0].code, parts[1].code


def test_targets_and_what_was_found_are_counted_in_the_new_grids(grid):
    west, east = a_building(lon=113.055, lat=22.61), a_building(lon=113.065, lat=22.61)
    drive, over = started(), started()
    end_drive(actor="test", drive=over)
    bad = {"stairs": Answer("larger", "堆物")}
    record_inspection(actor=cast.worker(), said=said(east, "hazard_high_rise", more=bad, drive=drive))
    old, (left, right) = cast.GRID, split(grid)
    assert {row.building: row.area_code for row in drive.targets.all()} == {west: left, east: right}
    lines = {
        line.code: (line.all, line.done, line.found) for line in report(drive, timezone.localdate()).lines
    }
    assert lines == {left: (1, 0, 0), right: (1, 1, 1)}
    assert set(over.targets.values_list("area_code", flat=True)) == {old}


def test_a_building_somebody_puts_into_a_grid_by_hand_takes_its_target_along(grid):
    blind = a_building()
    drive = started()
    left, _right = split(grid)
    assert drive.targets.get().area_code == cast.GRID
    assign_grid(actor=cast.system_admin(), building=blind, grid=left)
    drain()
    assert drive.targets.get().area_code == left


def test_firms_follow_too(grid):
    firm = a_firm()
    drive = started("organisations")
    left, right = split(grid)
    territory.merge(
        actor="cli", grids=list(Area.objects.filter(code__in=(left, right))), into_name="复合",
        on=timezone.localdate(),
    )  # fmt: skip
    drain()
    firm.refresh_from_db()
    assert firm.area_code != cast.GRID and drive.targets.get().area_code == firm.area_code
