"""Taking the demo away leaves what is not demo."""

import pytest
from django.db import connection

from tests.demo_ground import COMMUNITY, SMALL, TODAY
from wangge.registry.people.models import Building, Contradiction, Organisation, Person, Room, Tie
from wangge.site.demo.load import load
from wangge.site.demo.pending import TWINS
from wangge.site.demo.reset import remove_demo

pytestmark = pytest.mark.usefixtures("areas")


def test_nothing_of_the_demo_stays_and_the_rest_does() -> None:
    building = Building.objects.create(area_code=COMMUNITY, community=COMMUNITY, key="真楼", name="真楼")
    Person.objects.create(name="演示真人")
    load(SMALL, today=TODAY)
    assert remove_demo() == SMALL.people + 2 + TWINS
    for model in (Room, Organisation, Tie, Contradiction):
        assert not model.objects.exists()
    assert list(Building.objects.all()) == [building]
    assert Person.objects.count() == 1
    connection.check_constraints()


def test_removing_from_an_empty_register_is_nothing() -> None:
    assert remove_demo() == 0


def test_a_load_after_a_removal_makes_the_district_again() -> None:
    load(SMALL, today=TODAY)
    remove_demo()
    assert load(SMALL, today=TODAY).new
    assert Person.objects.exclude(status="merged").count() == SMALL.people + TWINS
