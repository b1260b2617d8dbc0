"""Rooms and buildings are changed; keys, grids and free text stay out of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import cast
from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import update_building, update_room
from wangge.registry.people.rules import Declined


@pytest.fixture
def desk(ground, logged_in):
    return logged_in(cast.secretary())


def test_a_rooms_state_use_and_size_change_and_the_trail_says_how(room):
    facts = {"state": "rented", "use": "1", "area_m2": Decimal("63.50"), "floor": "1"}
    assert update_room(actor="cli", room=room, facts=facts) == ["area_m2", "state", "use"]
    room.refresh_from_db()
    assert (room.state, room.use, room.area_m2) == ("rented", "1", Decimal("63.50"))
    assert Entry._base_manager.latest("pk").changes["state"] == ["", "rented"]


def test_the_same_again_is_no_change_and_no_line(room):
    assert update_room(actor="cli", room=room, facts={"floor": room.floor}) == []
    assert not Entry._base_manager.filter(kind="room.updated").exists()


def test_a_buildings_text_stays_out_of_the_trail(room):
    facts = {"address": "电话 10012345678", "floors": 9}
    update_building(actor="cli", building=room.building, facts=facts)
    assert Entry._base_manager.latest("pk").changes == {"address": [], "floors": ["None", "9"]}


def test_a_building_keeps_a_name_and_its_key(room):
    with pytest.raises(Declined):
        update_building(actor="cli", building=room.building, facts={"name": ""})
    with pytest.raises(KeyError):
        update_building(actor="cli", building=room.building, facts={"key": "别的"})


def test_editing_a_room_on_its_page(desk, room):
    address = reverse("people:edit_room", args=[room.pk])
    assert "自住" in desk.get(address).content.decode()
    assert desk.post(address, {"state": "vacant", "use": "1", "area_m2": "", "floor": "1"}).status_code == 302
    assert "住宅" in desk.get(reverse("people:room", args=[room.pk])).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"state": "x"}, {"use": "77"}, {"area_m2": "-1"}, {"area_m2": "0"}, {"area_m2": "很大"}]
)
def test_a_wrong_value_of_a_room_is_told_and_nothing_is_written(desk, room, wrong):
    given = {"state": "vacant", "use": "1", "area_m2": "60", "floor": "1"} | wrong
    page = desk.post(reverse("people:edit_room", args=[room.pk]), given).content.decode()
    room.refresh_from_db()
    assert "invalid-feedback" in page and room.state == ""


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"floors": "0"}, {"floors": "999"}, {"floors": "-3"}, {"units": "x"}]
)
def test_a_wrong_value_of_a_building_is_told_and_nothing_is_written(desk, room, wrong):
    address = reverse("people:edit_building", args=[room.building_id])
    given = {"name": "甲栋", "address": "", "floors": "9", "units": "2", "high_rise": "on"}
    page = desk.post(address, given | wrong).content.decode()
    room.building.refresh_from_db()
    assert "invalid-feedback" in page and room.building.floors is None
    assert desk.post(address, given).status_code == 302
    room.building.refresh_from_db()
    assert (room.building.floors, room.building.units, room.building.high_rise) == (9, 2, True)
