"""Incidents of the demo: waiting, under way, closed and rated, of the hotline; and out again."""

from __future__ import annotations

import pytest

from tests.demo_ground import COMMUNITY, TODAY
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case
from wangge.site.demo.ground import Ground
from wangge.site.demo.incidents import make_incidents, remove_incidents
from wangge.site.demo.users import demo_areas, make_users

pytestmark = pytest.mark.usefixtures("areas")


def test_every_page_has_something_and_all_of_it_goes_again(ground: Ground) -> None:
    make_users(ground)
    areas = demo_areas(ground)
    made = make_incidents(areas, today=TODAY)
    cases = list(Case.objects.all())
    assert made == {"incidents": 8} and {case.area_code[:12] for case in cases} == {COMMUNITY}
    assert {case.state for case in cases} >= {"waiting", "handling", "closed", "replied"}
    assert {case.rating for case in cases} >= {3, 1} and any(case.reopened for case in cases)
    assert {case.level for case in cases if case.kind == "fire"} == {"urgent"}
    assert {case.system for case in cases} == {"event", "request"}
    remove_incidents()
    assert Case.objects.count() == 0 and recount() == {}
