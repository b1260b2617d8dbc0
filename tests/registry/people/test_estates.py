"""Estates are registered once a community, are given buildings and lose them, are closed and reopened."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from tests.registry.people.people_cast import COMMUNITY, GRID
from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import (
    add_buildings,
    close_estate,
    register_estate,
    remove_buildings,
    reopen_estate,
    update_estate,
)
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Building, Estate
from wangge.registry.people.queries import estate_profile
from wangge.registry.people.rules import Declined

GIVEN = {"name": "虚构花园", "area": COMMUNITY, "source": 40, "on": "2026-01-05"}


@pytest.fixture
def estate(room) -> Estate:
    return register_estate(actor="cli", area=COMMUNITY, facts={"name": "虚构花园"}, on=date(2026, 1, 5))


@pytest.fixture
def far(room) -> Building:
    return Building.objects.create(area_code="440703002002", community="440703002002", key="远", name="远栋")


@pytest.fixture
def desk(ground, logged_in):
    return logged_in(cast.secretary())


def test_a_name_stands_once_in_a_community(estate):
    with pytest.raises(Declined, match="同名"):
        register_estate(actor="cli", area=GRID, facts={"name": "虚构花园"})
    register_estate(actor="cli", area="440703002002", facts={"name": "虚构花园"})


def test_it_carries_source_and_day_and_a_lesser_source_only_fills(estate):
    assert (estate.source, estate.confirmed_at) == (Source.VISIT, date(2026, 1, 5))
    update_estate(actor="cli", estate=estate, facts={"property_firm": "虚构物业"}, source=Source.IMPORT)
    with pytest.raises(Declined) as why:
        update_estate(actor="cli", estate=estate, facts={"property_firm": "别的物业"}, source=Source.IMPORT)
    estate.refresh_from_db()
    assert (why.value.code, estate.property_firm, estate.source) == ("less_trusted", "虚构物业", Source.VISIT)


def test_buildings_come_and_go_and_the_trail_knows_where_they_were(estate, room):
    other = register_estate(actor="cli", area=COMMUNITY, facts={"name": "别处花园"})
    building = room.building
    assert add_buildings(actor="cli", estate=other, buildings=[building]) == 1
    building.refresh_from_db()
    assert add_buildings(actor="cli", estate=estate, buildings=[building]) == 1
    building.refresh_from_db()
    assert building.estate == estate
    assert Entry._base_manager.latest("pk").changes == {"buildings": {str(building.pk): other.pk}}
    assert add_buildings(actor="cli", estate=estate, buildings=[building]) == 0
    assert estate_profile(estate).rooms == 1
    assert remove_buildings(actor="cli", estate=estate, buildings=[building]) == 1
    building.refresh_from_db()
    assert building.estate is None and room in building.rooms.all()


def test_a_building_of_another_community_is_declined(estate, far):
    with pytest.raises(Declined) as why:
        add_buildings(actor="cli", estate=estate, buildings=[far])
    assert why.value.code == "elsewhere" and "远栋" in why.value.message


def test_it_closes_only_without_buildings_and_moves_only_without_them(estate, room):
    add_buildings(actor="cli", estate=estate, buildings=[room.building])
    with pytest.raises(Declined):
        close_estate(actor="cli", estate=estate, on=date(2026, 6, 1), reason="拆除")
    with pytest.raises(Declined):
        update_estate(actor="cli", estate=estate, facts={}, area="440703002002")
    room.building.refresh_from_db()
    remove_buildings(actor="cli", estate=estate, buildings=[room.building])
    assert update_estate(actor="cli", estate=estate, facts={}, area=GRID) == ["area_code"]
    close_estate(actor="cli", estate=estate, on=date(2026, 6, 1), reason="拆除")
    for act in (
        lambda: add_buildings(actor="cli", estate=estate, buildings=[room.building]),
        lambda: update_estate(actor="cli", estate=estate, facts={"name": "新名"}),
        lambda: close_estate(actor="cli", estate=estate, on=date(2026, 6, 1), reason="再来"),
    ):
        with pytest.raises(Declined) as why:
            act()
        assert why.value.code == "closed"
    reopen_estate(actor="cli", estate=estate)
    estate.refresh_from_db()
    assert estate.closed_on is None


class TestPages:
    def test_registering_leads_to_its_buildings(self, desk):
        answer = desk.post(reverse("people:register_estate"), GIVEN | {"owners_committee": "on"})
        made = Estate._base_manager.get()
        assert answer.headers["Location"] == reverse("people:estate_buildings", args=[made.pk])
        assert (made.owners_committee, made.source, made.confirmed_at) == (True, 40, date(2026, 1, 5))

    @pytest.mark.parametrize(
        ("field", "value"), [("name", ""), ("area", cast.OTHER_COMMUNITY), ("on", "2999-01-01"), ("on", "x")]
    )
    def test_a_wrong_value_is_told_and_nothing_is_written(self, desk, field, value):
        page = desk.post(reverse("people:register_estate"), GIVEN | {field: value}).content.decode()
        assert "invalid-feedback" in page and not Estate._base_manager.exists()

    def test_editing(self, desk, estate):
        address = reverse("people:edit_estate", args=[estate.pk])
        assert "虚构花园" in desk.get(address).content.decode()
        assert desk.post(address, GIVEN | {"red_property": "on"}).status_code == 302
        estate.refresh_from_db()
        assert estate.red_property and not estate.owners_committee

    def test_buildings_in_and_out(self, desk, estate, room, far):
        address = reverse("people:estate_buildings", args=[estate.pk])
        page = desk.get(address).content.decode()
        assert "甲栋" in page and "远栋" not in page
        assert "甲栋" not in desk.get(address, {"q": "乙"}).content.decode()
        desk.post(address, {"do": "add", "building": [room.building_id, far.pk, "x", "9" * 30]})
        room.building.refresh_from_db()
        far.refresh_from_db()
        assert (room.building.estate, far.estate) == (estate, None)  # what is outside does not exist
        desk.post(address, {"do": "remove", "building": room.building_id})
        room.building.refresh_from_db()
        assert room.building.estate is None
        assert "没有选中" in desk.post(address, {"do": "add"}, follow=True).content.decode()

    def test_closing_and_reopening(self, desk, estate):
        desk.post(reverse("people:close_estate", args=[estate.pk]), {"on": "2026-06-01", "reason": "拆除"})
        assert "虚构花园" not in desk.get(reverse("people:estates")).content.decode()
        assert "虚构花园" in desk.get(reverse("people:estates"), {"state": "closed"}).content.decode()
        assert "已撤销" in desk.get(reverse("people:estate", args=[estate.pk])).content.decode()
        desk.post(reverse("people:reopen_estate", args=[estate.pk]))
        estate.refresh_from_db()
        assert estate.closed_on is None
