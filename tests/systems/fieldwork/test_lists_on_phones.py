"""What of the lists travels down: only the own grids', in walking order, and only what changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.lists_cast import a_rule, a_scene, an_order, cared_for, rooms, two_workers
from wangge.engines.sync.sections import Changed, Scope, registered
from wangge.foundation.access.queries import reach_of
from wangge.lib.scoping import within
from wangge.systems.fieldwork.actions.care import end_care
from wangge.systems.fieldwork.actions.duties import cancel_duty, finish_duty
from wangge.systems.fieldwork.actions.generate import generate_days
from wangge.systems.fieldwork.models import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture
def worker():
    """Today's and tomorrow's duties of two grids; the worker has one of them."""
    one, _two = two_workers()
    flow = [{"name": "看", "who": "网格员", "then": []}]
    a_scene(every=[1, 2, 3, 4, 5, 6, 7], flow=flow, example=True)
    a_scene("应急", order_only=True)
    a_rule(7, "week", "elderly", "red")
    home = rooms(2)[1]
    cared_for(home)
    today = timezone.localdate()
    generate_days(actor="test", first=today, last=today + timedelta(days=1))
    return one


def section(name, user, **scope):
    with within(reach_of(user)):
        return registered()[name].reader(Scope(user, (cast.GRID,), **scope))


def test_duties_of_the_own_grid_with_their_place_in_the_walk(worker):
    rows = section("duties", worker)
    assert {row["area"] for row in rows} == {cast.GRID}
    assert sorted(row["order"] for row in rows) == list(range(1, len(rows) + 1))
    patrol = next(row for row in rows if row["kind"] == "patrol")
    assert patrol["title"] == "道路" and patrol["scene"] and "room" not in patrol
    visits = [row for row in rows if row["kind"] == "visit"]
    assert all(row["care"] and row["person"] and row["room"] for row in visits)
    assert "老年" not in str(rows)  # a class is told by its level only
    assert {row["mine"] for row in rows} <= {True, False} and all(row["id"].isdecimal() for row in rows)


def test_a_delta_has_what_changed_and_names_what_is_gone(worker):
    Duty.objects.update(changed_at=timezone.now() - timedelta(hours=2))
    since, nothing = timezone.now() - timedelta(minutes=5), Changed()
    assert section("duties", worker, since=since, changed=nothing) == []
    done, dropped = Duty.objects.filter(area_code=cast.GRID, kind="patrol").order_by("due_on")[:2]
    finish_duty(actor=worker, duty=done)
    cancel_duty(actor="test", duty=dropped, why="下雨")
    rows = section("duties", worker, since=since, changed=nothing)
    assert [(row["id"], row["state"]) for row in rows] == [(str(done.pk), "done")]
    scope = Scope(worker, (cast.GRID,), since, nothing)
    assert registered()["duties"].gone(scope) == [str(dropped.pk)]


def test_a_duty_that_ends_with_the_care_is_gone_from_phones(worker):
    Duty.objects.update(changed_at=timezone.now() - timedelta(hours=2))
    duty = Duty.objects.filter(area_code=cast.GRID, kind="visit").first()
    end_care(actor="test", care=duty.care, reason="搬走了")
    scope = Scope(worker, (cast.GRID,), timezone.now() - timedelta(minutes=5), Changed())
    assert str(duty.pk) in registered()["duties"].gone(scope)


def test_scenes_come_with_items_and_picture_and_no_emergency_without_an_order(worker):
    scenes = section("scenes", worker)
    assert [scene["name"] for scene in scenes] == ["道路"]
    assert scenes[0]["picture"].startswith("<svg") and scenes[0]["example"] and scenes[0]["flow"]
    assert [item["name"] for item in scenes[0]["items"]] == ["井盖缺损", "乱堆放"]
    assert section("month", worker)[0]["id"] == "me"


def test_the_emergency_scene_is_sent_only_where_the_order_holds(worker):
    an_order(cast.OTHER_GRID)
    assert [scene["name"] for scene in section("scenes", worker)] == ["道路"]
    an_order(cast.GRID)
    assert {scene["name"] for scene in section("scenes", worker)} == {"道路", "应急"}
