"""A border moves between two communities of one town: buildings, homes and counts follow, nobody twice."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import shapely
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory import actions as territory
from wangge.foundation.territory.models import Area, AreaChange, GridShape, Outline
from wangge.foundation.territory.queries import outlines_on, shape_on
from wangge.lib.addresses import parse
from wangge.lib.scoping import Reach, within
from wangge.registry.people.actions import (
    assign_grid,
    find_or_register_organisation,
    find_or_register_room,
    follow_due_changes,
    follow_redivision,
)
from wangge.registry.people.models import Building, Organisation, Person, Room, Tie
from wangge.registry.people.queries import moving, register_counts, residents_by_grid

TOWN, ONE, OTHER = "440703002000", "440703002001", "440703002002"
LEFT, RIGHT = ONE + "001", OTHER + "001"
WEST, MIDDLE, EAST = 113.05, 113.06, 113.07
BEGIN, DAY = date(2024, 1, 1), date(2026, 3, 1)


def box(west: float, east: float) -> shapely.Polygon:
    return shapely.box(west, 22.60, east, 22.62)


@pytest.fixture
def land(db, everywhere) -> list[Area]:
    """Two communities side by side with one grid each, 甲 in the west and 乙 in the east."""
    Area.objects.create(code="440703000000", level="district", name="区")
    Area.objects.create(code=TOWN, level="town", name="镇", parent_id="440703000000")
    grids = []
    for code, name, west, east in ((ONE, "甲", WEST, MIDDLE), (OTHER, "乙", MIDDLE, EAST)):
        Area.objects.create(code=code, level="community", name=f"{name}社区", parent_id=TOWN)
        grid = Area.objects.create(
            code=code + "001", level="grid", kind="general", name=f"{name}一网格", parent_id=code
        )
        polygon = json.dumps(shapely.geometry.mapping(box(west, east)))
        GridShape.objects.create(grid=grid, polygon=polygon, area_m2=1)
        Outline.objects.create(area_id=code, polygon=polygon)
        grids.append(grid)
    return grids


def settle(lon: float, people: int, key: str) -> Building:
    code = LEFT if lon <= MIDDLE else RIGHT  # a point on a border is the lowest code's
    building = Building.objects.create(
        area_code=code, community=code[:12], key=key, name=key, lon=lon, lat=22.61
    )
    room = Room.objects.create(area_code=code, building=building, key="-1-101", floor="1", door="101")
    for _ in range(people):
        Tie.objects.create(
            person=Person.objects.create(name="甲一"), kind="lives", room=room, area_code=code,
            valid_from=BEGIN, known_from=timezone.now() - timedelta(days=400),
        )  # fmt: skip
    return building


def move(at: float, on: date = DAY) -> None:
    """The border runs at this longitude from that day on; who listens has heard."""
    grids = list(Area.objects.filter(code__in=[LEFT, RIGHT]).order_by("code"))
    territory.move_border(actor="cli", grids=grids, shapes={LEFT: box(WEST, at), RIGHT: box(at, EAST)}, on=on)
    react()


def react() -> None:
    for entry in Entry.objects.filter(kind__startswith="area.").order_by("pk"):
        follow_redivision(entry)


def everybody(day: date) -> dict[str, int]:
    return residents_by_grid(ONE, day) | residents_by_grid(OTHER, day)


def test_the_outlines_move_along_and_both_histories_say_so(land):
    move(113.055)
    assert shape_on(LEFT, DAY).equals(box(WEST, 113.055))
    outlines = outlines_on(DAY, [ONE, OTHER])
    assert outlines[ONE].equals(box(WEST, 113.055)) and outlines[OTHER].equals(box(113.055, EAST))
    assert outlines_on(DAY - timedelta(days=1), [ONE])[ONE].equals(box(WEST, MIDDLE))
    assert sorted(AreaChange.objects.values_list("area_code", flat=True)) == [ONE, OTHER]


def test_a_building_goes_over_with_all_that_is_in_it_and_keeps_its_name(land):
    building = settle(113.057, 2, "三栋")
    firm = find_or_register_organisation(
        actor="cli", community=ONE, name="虚构商行", room=building.rooms.get()
    )
    move(113.055)
    building.refresh_from_db()
    firm.refresh_from_db()
    assert (building.area_code, building.community, building.key) == (RIGHT, ONE, "三栋")
    assert set(Tie.objects.values_list("area_code", flat=True)) == {RIGHT}
    assert (firm.area_code, firm.community) == (RIGHT, OTHER)


def test_counts_of_former_days_stay_and_nobody_counts_twice(land):
    settle(113.052, 1, "一栋")
    settle(113.057, 2, "二栋")
    settle(113.065, 4, "三栋")
    move(113.055)
    assert everybody(DAY - timedelta(days=1)) == {LEFT: 3, RIGHT: 4}
    assert everybody(DAY) == {LEFT: 1, RIGHT: 6}
    with within(Reach((ONE,))):  # the days a home was here count here, also when it went since
        assert residents_by_grid(ONE, DAY - timedelta(days=1)) == {LEFT: 3}
        assert residents_by_grid(OTHER, DAY) == {}


def test_the_preview_tells_what_then_happens(land):
    settle(113.057, 2, "二栋")
    settle(113.058, 3, "三栋")
    shapes = {LEFT: box(WEST, 113.055), RIGHT: box(113.055, EAST)}
    (told,) = moving(shapes, DAY)
    assert (told.source, told.target, len(told.buildings), told.people) == (LEFT, RIGHT, 2, 5)
    before = register_counts(OTHER)["persons"]
    move(113.055)
    assert register_counts(OTHER)["persons"] - before == told.people
    assert moving(shapes, DAY) == []


def test_an_address_is_found_where_it_went_and_not_registered_again(land):
    room = find_or_register_room(
        actor="cli", community=ONE, address=parse("虚构花园3栋2单元501"), lon=113.057, lat=22.61
    )
    move(113.055)
    for community in (ONE, OTHER):
        found = find_or_register_room(actor="cli", community=community, address=parse("虚构花园3栋2单元501"))
        assert found == room
    assert Building.objects.count() == 1


def test_a_community_finds_its_own_building_before_one_that_came(land):
    came = settle(113.057, 1, "three")
    own = Building.objects.create(area_code=RIGHT, community=OTHER, key="three", name="three")
    move(113.055)
    came.refresh_from_db()
    from wangge.registry.people.actions.places import _standing

    assert came.area_code == RIGHT
    assert (_standing(OTHER, "three"), _standing(ONE, "three")) == (own, came)


def test_two_shops_of_one_name_do_not_stop_the_change(land):
    building = settle(113.057, 0, "三栋")
    mine = find_or_register_organisation(actor="cli", community=ONE, name="小店", room=building.rooms.get())
    find_or_register_organisation(actor="cli", community=OTHER, name="小店")
    move(113.055)
    mine.refresh_from_db()
    assert (mine.area_code, mine.community) == (RIGHT, ONE)
    assert Organisation.objects.count() == 2


def test_the_community_it_stands_in_now_says_which_grid(land):
    building = settle(113.057, 1, "三栋")
    move(113.055)
    building.refresh_from_db()
    Area.objects.create(code=OTHER + "002", level="grid", kind="general", name="乙二", parent_id=OTHER)
    assign_grid(actor="cli", building=building, grid=OTHER + "002")
    building.refresh_from_db()
    assert building.area_code == OTHER + "002"


def test_who_sees_it_follows_the_ground(land, logged_in):
    building = settle(113.057, 1, "三栋")
    before, after = logged_in(cast.secretary(ONE)), logged_in(cast.secretary(OTHER))
    address = reverse("people:building", args=[building.pk])
    assert (before.get(address).status_code, after.get(address).status_code) == (200, 404)
    move(113.055)
    assert (before.get(address).status_code, after.get(address).status_code) == (404, 200)


def test_a_plan_is_withdrawn_before_its_day_and_nothing_moves(land, monkeypatch):
    building = settle(113.057, 2, "三栋")
    day = timezone.localdate() + timedelta(days=10)
    move(113.055, on=day)
    assert shape_on(LEFT, day).equals(box(WEST, 113.055))
    territory.withdraw_border(actor="cli", change=AreaChange.objects.first())
    react()
    assert shape_on(LEFT, day).equals(box(WEST, MIDDLE))
    assert outlines_on(day, [ONE])[ONE].equals(box(WEST, MIDDLE))
    assert AreaChange.objects.filter(withdrawn_at=None).count() == 0
    monkeypatch.setattr(timezone, "localdate", lambda *a: day)
    follow_due_changes()
    building.refresh_from_db()
    assert building.area_code == LEFT
    assert everybody(day) == {LEFT: 2}


buildings = st.lists(st.tuples(st.floats(WEST + 0.0005, EAST - 0.0005), st.integers(0, 3)), max_size=6)
borders = st.lists(st.floats(WEST + 0.001, EAST - 0.001), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(houses=buildings, borders=borders)
def test_wherever_the_border_goes_everybody_counts_once_on_every_day(land, houses, borders):
    with transaction.atomic():
        for number, (lon, people) in enumerate(houses):
            settle(lon, people, f"{number}栋")
        total = sum(people for _lon, people in houses)
        before = register_counts(TOWN)
        days = [DAY + timedelta(days=30 * at) for at in range(len(borders))]
        told = {}
        for at, day in zip(borders, days, strict=True):
            move(at, on=day)
            expected = sum(people for lon, people in houses if lon <= at)
            told[day] = everybody(day)
            assert told[day].get(LEFT, 0) == expected
            assert sum(told[day].values()) == total
            assert register_counts(TOWN) == before
            assert register_counts(ONE)["persons"] + register_counts(OTHER)["persons"] == total
        assert {day: everybody(day) for day in days} == told
        first = sum(people for lon, people in houses if lon <= MIDDLE)
        assert everybody(DAY - timedelta(days=1)).get(LEFT, 0) == first
        transaction.set_rollback(True)
