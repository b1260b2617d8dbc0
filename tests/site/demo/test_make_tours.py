"""The demo's tour: one, two stops, 27 November, with what was decided there; and out again."""

from __future__ import annotations

import pytest

from tests.demo_ground import COMMUNITY, TODAY
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case, Unit
from wangge.site.demo.ground import Ground
from wangge.site.demo.tours import make_tours, remove_tours
from wangge.site.demo.users import demo_areas, make_users
from wangge.systems.tours.models import Stop, Tour

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def test_one_tour_with_two_stops_on_the_27th_of_november_and_all_of_it_goes_again(ground: Ground) -> None:
    make_users(ground)
    assert make_tours(demo_areas(ground), today=TODAY) == {"tours": 1, "tour_problems": 3}
    tour = Tour.objects.get()
    assert (str(tour.day)[5:], tour.example, tour.demo) == ("11-27", True, True) and "示例" in tour.title
    first, second = Stop.objects.filter(tour=tour).order_by("order")
    assert second.area_code == COMMUNITY != first.area_code
    cases = list(Case.objects.select_related("launcher"))
    assert sorted(case.state for case in cases) == ["accepted", "done", "logged"]
    assert {case.launcher.username for case in cases} == {"lingdao"}
    remove_tours()
    assert not Tour.objects.exists() and not Case.objects.exists() and recount() == {}
    assert not Unit.objects.filter(key="demo-housing").exists()
