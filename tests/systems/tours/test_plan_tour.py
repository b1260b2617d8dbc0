"""A tour is planned with its stops; its area is the smallest that holds them all."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db.models import ProtectedError

from tests import cast
from tests.systems.tours.tour_cast import a_decision, a_plan, a_tour, stops
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Building, Estate, Organisation
from wangge.systems.tours.actions.planning import StopPlan, change_tour, create_tour
from wangge.systems.tours.models import Stop, Tour

pytestmark = pytest.mark.django_db


def changed(tour, *wanted, actor="test", seen=None, **more):
    plan = replace(a_plan(**more), stops=wanted)
    with within(EVERYWHERE):
        return change_tour(actor=actor, tour=tour, plan=plan, seen=tour.version if seen is None else seen)


@pytest.mark.parametrize(
    ("areas", "covering"),
    [
        ((cast.GRID, cast.GRID), cast.GRID),
        ((cast.GRID, cast.COMMUNITY), cast.COMMUNITY),
        ((cast.COMMUNITY, cast.TOWN), cast.TOWN),
        ((cast.COMMUNITY, cast.OTHER_GRID), cast.DISTRICT),
    ],
)
def test_two_stops_on_a_day_in_the_smallest_area_around_them(areas, covering):
    tour = a_tour(*areas)
    assert tour.area_code == covering and str(tour.day) == "2026-11-27"
    assert [(s.order, s.area_code) for s in stops(tour)] == [(1, areas[0]), (2, areas[1])]
    assert tour.posts == ["区政府分管领导", "镇街主要负责人"]


def test_the_same_op_is_the_same_tour():
    op = uuid4()
    assert a_tour(op=op).pk == a_tour(op=op).pk
    assert Tour._base_manager.count() == 1 and Stop._base_manager.count() == 2
    assert Entry._base_manager.filter(kind="tour.created").count() == 1


@pytest.mark.parametrize("many", [0, 1, 13])
def test_too_few_and_too_many_stops_are_refused_in_words(many):
    with pytest.raises(Unacceptable, match="个点"):
        changed(a_tour(), *[StopPlan(cast.GRID)] * many)


def test_a_stop_outside_her_areas_is_refused_and_nothing_is_kept():
    with pytest.raises(Refused, match="辖区"), within(EVERYWHERE):
        create_tour(actor=cast.officer(), plan=a_plan(cast.GRID, cast.OTHER_GRID))
    assert not Tour._base_manager.exists()


def test_a_leader_plans_none():
    with pytest.raises(Refused), within(EVERYWHERE):
        create_tour(actor=cast.leader(), plan=a_plan())


def test_an_estate_of_the_name_is_found_and_gives_the_place():
    with within(EVERYWHERE):
        estate = Estate.objects.create(area_code=cast.GRID, name="虚构调研苑")
        for number, lon in enumerate((113.0, 113.2)):
            given = {"key": f"虚构调研苑{number}", "name": f"虚构调研苑{number}", "lon": lon, "lat": 22.5}
            Building.objects.create(area_code=cast.GRID, community=cast.COMMUNITY, estate=estate, **given)
        tour = create_tour(actor="test", plan=replace(a_plan(), stops=(
            StopPlan(cast.COMMUNITY, "虚构调研苑"), StopPlan(cast.COMMUNITY, "没有登记的地方"),
        )))  # fmt: skip
    known, unknown = stops(tour)
    assert known.estate == estate and (known.lon, known.lat) == (pytest.approx(113.1), 22.5)
    assert unknown.estate is None and unknown.organisation is None and unknown.name == "没有登记的地方"


def test_an_organisation_of_the_name_is_found():
    with within(EVERYWHERE):
        firm = Organisation.objects.create(
            area_code=cast.GRID, community=cast.COMMUNITY, name="虚构经联社", category="firm"
        )
        tour = create_tour(actor="test", plan=replace(a_plan(), stops=(
            StopPlan(cast.GRID, "虚构经联社"), StopPlan(cast.OTHER_GRID, "虚构经联社"))))  # fmt: skip
    assert [stop.organisation for stop in stops(tour)] == [firm, None]


class TestChanging:
    def test_stops_come_go_and_change_places(self):
        tour = a_tour(cast.GRID, cast.COMMUNITY)
        first, second = stops(tour)
        changed(tour, StopPlan(second.area_code, pk=second.pk), StopPlan(cast.OTHER_GRID), title="改过")
        tour.refresh_from_db()
        left = stops(tour)
        assert [stop.order for stop in left] == [1, 2] and left[0].pk == second.pk
        assert first.pk not in {stop.pk for stop in left} and left[1].area_code == cast.OTHER_GRID
        assert (tour.title, tour.area_code, tour.version) == ("改过", cast.DISTRICT, 2)

    def test_sent_twice_it_is_changed_once(self):
        tour = a_tour()
        plans = [StopPlan(stop.area_code, pk=stop.pk) for stop in stops(tour)] + [
            StopPlan(cast.TOWN, "新加的")
        ]
        for _ in range(2):
            changed(tour, *plans, seen=1, title="改过")
        tour.refresh_from_db()
        assert (tour.version, len(stops(tour))) == (2, 3)
        assert Entry._base_manager.filter(kind="tour.changed").count() == 1

    def test_behind_anothers_change_nothing_is_written(self):
        tour = a_tour()
        plans = [StopPlan(stop.area_code, pk=stop.pk) for stop in stops(tour)]
        changed(tour, *plans, seen=1, title="先改的")
        with pytest.raises(Unacceptable, match="刚才有人改过"):
            changed(tour, *plans, seen=1, title="后改的")
        tour.refresh_from_db()
        assert tour.title == "先改的"

    def test_a_stop_with_a_problem_stays_where_it_is(self):
        tour = a_tour()
        first, second = stops(tour)
        a_decision(first)
        with pytest.raises(Unacceptable, match="不能删去"):
            changed(tour, StopPlan(second.area_code, pk=second.pk), StopPlan(cast.GRID))
        with pytest.raises(Unacceptable, match="不能换到别的区域"):
            changed(tour, StopPlan(cast.OTHER_GRID, pk=first.pk), StopPlan(second.area_code, pk=second.pk))
        assert [stop.pk for stop in stops(tour)] == [first.pk, second.pk]
        with pytest.raises(ProtectedError):
            first.delete()

    def test_who_has_but_one_stop_changes_nothing(self):
        tour = a_tour(cast.GRID, cast.OTHER_GRID)
        with pytest.raises(Refused):
            changed(tour, StopPlan(cast.GRID), StopPlan(cast.GRID), actor=cast.officer())
