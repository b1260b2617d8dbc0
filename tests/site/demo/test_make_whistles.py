"""Whistles of the demo: one waits, one is on its way, one is to be judged, one is closed; and out again."""

from __future__ import annotations

import pytest

from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case, Unit
from wangge.site.demo.ground import Ground
from wangge.site.demo.users import demo_areas, make_users
from wangge.site.demo.whistles import make_whistles, remove_whistles
from wangge.systems.whistles.models import Call, Score, Whistle

pytestmark = pytest.mark.usefixtures("areas")


def test_every_page_has_something_and_all_of_it_goes_again(ground: Ground) -> None:
    make_users(ground)
    assert make_whistles(demo_areas(ground)) == {"whistles": 4}
    assert sorted(case.state for case in Case.objects.all()) == ["approved", "closed", "done", "launched"]
    assert Call.objects.filter(arrived_at=None).count() == 1 and Score.objects.count() == 4
    assert make_whistles(demo_areas(ground)) == {"whistles": 4}
    remove_whistles()
    assert not Case.objects.exists() and not Whistle.objects.exists() and recount() == {}
    assert not Unit._base_manager.filter(key__startswith="demo-").exists()
