"""Two spellings of an address are one room; a firm is registered once."""

import pytest

from tests.registry.people.people_cast import COMMUNITY, GRID
from wangge.lib.addresses import parse
from wangge.registry.people.actions import (
    find_or_register_household,
    find_or_register_organisation,
    find_or_register_room,
)  # fmt: skip
from wangge.registry.people.models import Building, Estate, Household, Organisation, Room
from wangge.registry.people.rules import Declined

USCC = "91999703MA0000001X"


@pytest.fixture(autouse=True)
def _district(db, everywhere):
    yield


def find(text: str, **where):
    return find_or_register_room(actor="cli", community=COMMUNITY, address=parse(text), **where)


def test_two_spellings_are_one_room_with_its_building_and_estate():
    one, two = find("虚构花园3栋2单元501房"), find("虚构花园 3幢2单元501")
    assert one == two
    assert (Room.objects.count(), Building.objects.count(), Estate.objects.get().name) == (1, 1, "虚构花园")
    assert (one.unit, one.door, one.area_code) == ("2", "501", COMMUNITY)


def test_another_door_is_another_room_of_the_same_building():
    one, two = find("虚构花园3栋501"), find("虚构花园3栋502")
    assert one != two
    assert one.building == two.building


def test_an_address_without_a_door_names_no_room():
    assert find("虚构花园") is None
    assert not Building.objects.exists()


@pytest.mark.parametrize(("area", "code"), [(GRID, GRID), ("440703003001001", COMMUNITY), ("", COMMUNITY)])
def test_a_new_building_stands_in_the_grid_named_if_it_is_one_of_the_community(area, code):
    assert find("虚构花园3栋501", area=area).building.area_code == code


def test_a_household_is_one_per_room_and_number():
    room = find("虚构花园3栋501")
    one, two = (find_or_register_household(actor="cli", room=room, number=n) for n in ("1", "1"))
    assert one == two
    find_or_register_household(actor="cli", room=room, number="2")
    assert Household.objects.count() == 2


@pytest.mark.parametrize(("first", "second", "rows"), [(USCC, USCC, 1), ("", "", 1), (USCC, "", 2)])
def test_a_firm_is_one_per_code_or_per_name_without_one(first, second, rows):
    for uscc in (first, second):
        find_or_register_organisation(actor="cli", community=COMMUNITY, name="虚构商行", uscc=uscc)
    assert Organisation.objects.count() == rows


def test_a_firm_without_a_name_is_declined():
    with pytest.raises(Declined):
        find_or_register_organisation(actor="cli", community=COMMUNITY, name="", uscc=USCC)
