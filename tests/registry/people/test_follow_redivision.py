"""Homes follow the division of grids; counts of former days stay answerable."""

import json
from datetime import date, timedelta

import pytest
import shapely
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry.people.people_cast import COMMUNITY, GRID
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory import actions as territory
from wangge.foundation.territory.models import Area, GridShape
from wangge.registry.people.actions import follow_due_changes, follow_redivision
from wangge.registry.people.models import Building, BuildingGrid, Organisation, Person, Room, Tie
from wangge.registry.people.queries import register_counts, residents_by_grid

WEST, EAST = 113.05, 113.07
BEGIN = date(2024, 1, 1)
SPLIT, MERGE = date(2026, 3, 1), date(2026, 6, 1)


def square(west: float, east: float) -> str:
    return json.dumps(shapely.geometry.mapping(shapely.box(west, 22.60, east, 22.62)))


@pytest.fixture
def grid(db, everywhere):
    """One grid of one community, twenty kilometres of nothing around it."""
    parent = None
    for level, code in [("district", "440703000000"), ("town", "440703002000"), ("community", COMMUNITY)]:
        parent = Area.objects.create(code=code, level=level, name=level, parent=parent)
    found = Area.objects.create(code=GRID, level="grid", kind="general", name="甲网格", parent=parent)
    GridShape.objects.create(grid=found, polygon=square(WEST, EAST), area_m2=1)
    return found


def settle(count: int, *, lon: float | None, key: str) -> Building | None:
    """``count`` people in one building at this longitude, or (without a key) known by grid only."""
    building = room = None
    if key:
        building = Building.objects.create(
            area_code=GRID, community=COMMUNITY, key=key, name=key, lon=lon, lat=lon and 22.61
        )
        room = Room.objects.create(area_code=GRID, building=building, key="101")
    for _ in range(count):
        Tie.objects.create(
            person=Person.objects.create(name="甲一"), kind="lives", room=room, area_code=GRID,
            valid_from=BEGIN, known_from=timezone.now() - timedelta(days=400),
        )  # fmt: skip
    return building


def react() -> None:
    for entry in Entry.objects.filter(kind__startswith="area.").order_by("pk"):
        follow_redivision(entry)


def cut(grid, at: float = 113.06, on: date = SPLIT) -> list[Area]:
    line = shapely.LineString([(at, 22.59), (at, 22.63)])
    return territory.split(actor="cli", grid=grid, line_or_parts=line, on=on)


def test_after_a_split_each_building_stands_where_its_point_lies(grid):
    west, east = settle(2, lon=113.055, key="西栋"), settle(3, lon=113.065, key="东栋")
    parts = cut(grid)
    react()
    west.refresh_from_db()
    east.refresh_from_db()
    assert [west.area_code, east.area_code] == [part.code for part in parts]
    assert set(Tie.objects.filter(room__building=east).values_list("area_code", flat=True)) == {parts[1].code}
    assert residents_by_grid(COMMUNITY, SPLIT) == {parts[0].code: 2, parts[1].code: 3}
    assert residents_by_grid(COMMUNITY, SPLIT - timedelta(days=1)) == {GRID: 5}


def test_what_was_known_before_the_split_stays_what_was_known(grid):
    settle(2, lon=113.055, key="西栋")
    before = timezone.now()
    cut(grid)
    react()
    assert residents_by_grid(COMMUNITY, SPLIT, before) == {GRID: 2}
    assert residents_by_grid(GRID, SPLIT - timedelta(days=1)) == {GRID: 2}


def test_a_building_without_a_point_keeps_its_code_until_one_grid_can_be_meant(grid):
    blind = settle(4, lon=None, key="无坐标栋")
    parts = cut(grid)
    react()
    blind.refresh_from_db()
    assert blind.area_code == GRID
    whole = territory.merge(actor="cli", grids=parts, into_name="复合", on=MERGE)
    react()
    blind.refresh_from_db()
    assert blind.area_code == whole.code


def test_a_reaction_that_runs_twice_changes_nothing(grid):
    settle(2, lon=113.055, key="西栋")
    settle(1, lon=None, key="")
    cut(grid)
    react()
    rows = list(BuildingGrid.objects.values_list("pk", "known_to"))
    ties = list(Tie.objects.values_list("pk", "known_to"))
    react()
    assert rows == list(BuildingGrid.objects.values_list("pk", "known_to"))
    assert ties == list(Tie.objects.values_list("pk", "known_to"))


def test_a_split_in_the_future_takes_effect_on_its_day(grid, monkeypatch):
    west = settle(2, lon=113.055, key="西栋")
    day = timezone.localdate() + timedelta(days=10)
    parts = cut(grid, on=day)
    react()
    follow_due_changes()
    west.refresh_from_db()
    assert west.area_code == GRID
    monkeypatch.setattr(timezone, "localdate", lambda *a: day)
    told = Entry.objects.filter(kind="register.redivided")
    before = told.count()
    for _again in range(2):  # whoever follows the register hears of it on the day, once
        follow_due_changes()
        assert told.count() == before + 1
    west.refresh_from_db()
    assert west.area_code == parts[0].code


def test_a_firm_without_a_room_follows_a_merge(grid):
    firm = Organisation.objects.create(area_code=GRID, community=COMMUNITY, name="虚构商行")
    parts = cut(grid)
    react()
    firm.refresh_from_db()
    assert firm.area_code == GRID
    whole = territory.merge(actor="cli", grids=parts, into_name="复合", on=MERGE)
    react()
    firm.refresh_from_db()
    assert firm.area_code == whole.code


homes = st.tuples(
    st.integers(0, 3), st.one_of(st.none(), st.floats(WEST + 0.001, EAST - 0.001)), st.booleans()
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(neighbours=st.lists(homes, max_size=6), at=st.floats(WEST + 0.004, EAST - 0.004))
def test_a_split_followed_by_a_merge_gives_the_counts_of_before(db, grid, neighbours, at):
    with transaction.atomic():
        for number, (count, lon, housed) in enumerate(neighbours):
            settle(count, lon=lon, key=f"{number}栋" if housed else "")
        total = sum(count for count, _lon, _housed in neighbours)
        counts = register_counts(COMMUNITY)
        parts = cut(Area.objects.get(code=GRID), at)
        react()
        between = residents_by_grid(COMMUNITY, SPLIT)
        assert sum(between.values()) == total
        whole = territory.merge(actor="cli", grids=parts, into_name="复合", on=MERGE)
        react()
        assert residents_by_grid(COMMUNITY, MERGE) == ({whole.code: total} if total else {})
        assert residents_by_grid(COMMUNITY, SPLIT - timedelta(days=1)) == ({GRID: total} if total else {})
        assert residents_by_grid(COMMUNITY, SPLIT) == between
        assert register_counts(COMMUNITY) == counts
        transaction.set_rollback(True)
