"""A form begins with what the register knows; nobody is asked for it again."""

from __future__ import annotations

import pytest

from tests import cast
from tests.registry.people.people_cast import PHONE
from wangge.engines.forms.queries import prefill
from wangge.lib.scoping import Reach, within
from wangge.registry.people.actions import update_room

from .home_cast import form, home, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_a_household_begins_with_its_room_and_each_of_its_members():
    version, (room, household) = form(), home()
    update_room(actor="test", room=room, facts={"state": "rented", "area_m2": "88.50"})
    room.refresh_from_db()
    first = member(room, household, "林试", education="30", phone=PHONE)
    second = member(room, household, "林验", education="30")
    household.room = room
    assert prefill(version, household) == {
        "/data/state": "let",
        "/data/area": "88.50",
        "/data/block": "甲栋",
        "/data/members[1]/person_id": str(first.pk),
        "/data/members[1]/name": "林试",
        "/data/members[1]/birth": "1980-05-06",
        "/data/members[1]/edu": "college",
        "/data/members[2]/person_id": str(second.pk),
        "/data/members[2]/name": "林验",
        "/data/members[2]/birth": "1980-05-06",
        "/data/members[2]/edu": "college",
    }
    assert prefill(version, room) == prefill(version, household) == prefill(version, first)
    assert prefill(version, first, in_clear=True)["/data/members[1]/phone"] == PHONE
    with within(Reach((cast.OTHER_GRID,))):
        assert not [path for path in prefill(version, household) if "members" in path]


def test_a_value_no_option_stands_for_is_left_open():
    version, (room, household) = form(), home()
    person = member(room, household, "林试", education="10")
    assert "/data/members[1]/edu" not in prefill(version, person)
