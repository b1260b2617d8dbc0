"""The demo's tour: one, two stops, 27 November, with what was decided there."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast
from wangge.engines.cases.models import Case, Unit
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site.demo.tours import make_tours, remove_tours
from wangge.systems.tours.models import Problem, Stop, Tour

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
AREAS = {"grid": cast.GRID, "community": cast.COMMUNITY, "town": cast.TOWN, "district": cast.DISTRICT}


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def test_one_tour_with_two_stops_on_the_27th_of_november_marked_as_an_example():
    assert make_tours(AREAS, today=date(2026, 11, 26)) == {"tours": 1, "tour_problems": 3}
    tour = Tour._base_manager.get()
    assert (tour.day, tour.example, tour.demo) == (date(2026, 11, 27), True, True) and "示例" in tour.title
    assert Stop._base_manager.filter(tour=tour).count() == 2
    assert sorted(Case._base_manager.values_list("state", flat=True)) == ["accepted", "done", "logged"]


def test_it_is_taken_out_again_and_leaves_others_alone():
    from tests.systems.tours.tour_cast import a_decision, a_tour, stops

    own = a_decision(stops(a_tour())[0])
    make_tours(AREAS, today=date(2026, 11, 26))
    with within(EVERYWHERE):
        remove_tours()
    assert list(Problem._base_manager.all()) == [own] and Tour._base_manager.get().demo is False
    assert not Unit._base_manager.filter(key="demo-housing").exists()
