"""Duties made by an example scene are marked on the board, in its rows and on a day's list; others never."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.lists_cast import a_scene
from wangge.systems.fieldwork.models import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
BASE = "/console/duties/"
MARK = ">示例</span>"


def pages(browser) -> list[int]:
    """How often the mark stands on the board, its rows and the list of the day."""
    addresses = ("", "rows/", f"day/?area={cast.GRID}")
    return [browser.get(BASE + address).content.decode().count(MARK) for address in addresses]


@pytest.mark.parametrize(("example", "marks"), [(True, [2, 1, 1]), (False, [0, 0, 0])])
def test_the_mark_stands_where_the_scene_is_an_example_and_nowhere_else(example, marks, logged_in):
    scene = a_scene()
    scene.example = example
    scene.save()
    today, user = timezone.localdate(), cast.worker()
    due = {"area_code": cast.GRID, "begins_on": today, "due_on": today, "worker": user}
    Duty.objects.create(key="a", kind="patrol", scene=scene, **due)
    Duty.objects.create(key="b", kind="recheck", **due)
    assert pages(logged_in(cast.secretary())) == marks
