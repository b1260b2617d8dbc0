"""Figures of a stop are counted from rows when the page is opened, and open them for who may see them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from tests.systems.tours.tour_cast import a_decision, a_tour, stops
from wangge.engines.cases.models import Case
from wangge.foundation.territory.models import Area
from wangge.lib import figures as offers
from wangge.lib.figures import Indicator
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Building, Estate, Organisation, Room
from wangge.systems.tours.models import Stop
from wangge.systems.tours.queries.figures import figures_at

pytestmark = pytest.mark.django_db
ALL = lambda area, right: True  # noqa: E731


def figures(area=cast.COMMUNITY, sees=ALL, estate=None):
    with within(EVERYWHERE):
        return figures_at([(area, estate)], sees)[0]


def test_an_empty_area_has_noughts_and_a_dash_where_nothing_divides():
    told = figures()
    assert told.number("lives") == told.number("households") == 0 and told.number("grids") == 1
    assert told.one("share.hazards.fixed").value == "—" and not told.one("share.hazards.fixed").link
    assert not told.one("lives").link  # no rows, nothing to open


def test_people_rooms_and_firms_are_counted_where_they_are():
    with within(EVERYWHERE):
        someone = people.a_person("欧阳某人")
        people.lives(someone, cast.GRID, room=people.a_room(cast.GRID, "101"))
        people.lives(people.a_person("别处某人"), cast.OTHER_GRID)
        Organisation.objects.create(area_code=cast.GRID, community=cast.COMMUNITY, name="虚构小店")
    told = figures()
    assert [told.number(key) for key in ("lives", "rooms", "buildings", "organisations")] == [1, 1, 1, 1]
    assert told.one("lives").link == f"/console/people/?area={cast.COMMUNITY}&kind=lives"


def test_open_matters_by_system_and_how_many_are_late():
    first = stops(a_tour())[0]
    a_decision(first)
    late = a_decision(first).case
    Case._base_manager.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=1))
    Case._base_manager.filter(pk=a_decision(first).case.pk).update(closed_at=timezone.now())
    told = figures().one("open.tours")
    assert (told.number, told.late, told.more) == (2, 1, "超时 1") and "system=tours" in told.link
    assert figures(cast.OTHER_COMMUNITY).number("open.tours") == 0


def test_a_grid_that_ended_is_counted_with_who_took_it_over():
    a_decision(stops(a_tour(cast.COMMUNITY, cast.COMMUNITY))[0])
    Area._base_manager.filter(code=cast.GRID).update(valid_to=date(2026, 1, 1))
    assert figures(cast.GRID).number("open.tours") == 1


def test_without_a_right_a_number_stands_without_its_rows():
    a_decision(stops(a_tour())[0])
    told = figures(sees=lambda area, right: False)
    assert told.number("open.tours") == 1
    assert not [f.label for group in told.groups for f in group.figures if f.link]


def test_what_a_system_offers_is_shown_with_its_rows():
    rows = lambda period: Case.objects.filter(period.during("raised_at"), system="tours")  # noqa: E731
    none = lambda period: rows(period).none()  # noqa: E731
    share = Indicator("x", "试用率", (none,), (rows,), "无")
    offers.offer("test_tours", "试", (share,), route="hazards:rates_rows", right="case.view")
    try:
        a_decision(stops(a_tour())[0])
        told = figures().one("share.test_tours.x")
    finally:
        offers.withdraw("test_tours")
    assert (told.value, told.more) == ("0.00%", "0 / 1") and told.link.startswith(
        "/console/hazards/rates/x/whole/"
    )


def test_an_estate_has_figures_of_its_own():
    with within(EVERYWHERE):
        estate = Estate.objects.create(area_code=cast.GRID, name="虚构调研苑")
        given = {
            "area_code": cast.GRID,
            "community": cast.COMMUNITY,
            "key": "虚构调研苑一幢",
            "name": "虚构调研苑一幢",
        }
        house = Building.objects.create(estate=estate, **given)
        room = Room.objects.create(building=house, area_code=cast.GRID, key="101", door="101")
        people.lives(people.a_person("欧阳某人"), cast.GRID, room=room)
    told = figures(estate=estate)
    assert [told.number(f"estate.{key}") for key in ("buildings", "rooms", "lives")] == [1, 1, 1]
    assert told.groups[0].name == "虚构调研苑"


def test_three_stops_ask_as_many_queries_as_one(logged_in):
    client = logged_in(cast.officer())
    asked = []
    for areas in ([cast.GRID], [cast.GRID, cast.COMMUNITY, cast.TOWN]):
        tour = a_tour(cast.GRID, cast.COMMUNITY, cast.TOWN)
        Stop._base_manager.filter(tour=tour).exclude(area_code__in=areas).delete()
        client.get(f"/console/tours/{tour.pk}/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/console/tours/{tour.pk}/").content.decode()
        assert page.count('id="stop-') == len(areas)
        asked.append(len(queries))
    assert asked[0] == asked[1] < 100


def test_each_of_several_stops_has_its_own_numbers():
    with within(EVERYWHERE):
        people.lives(people.a_person("欧阳某人"), cast.GRID, room=people.a_room(cast.GRID, "101"))
        people.lives(people.a_person("别处某人"), cast.OTHER_GRID)
        a_decision(stops(a_tour())[0])
        places = [cast.GRID, cast.OTHER_COMMUNITY, cast.DISTRICT]
        told = figures_at([(area, None) for area in places], ALL)
    assert [each.number("lives") for each in told] == [1, 1, 2]
    assert [each.number("open.tours") for each in told] == [1, 0, 1]
