"""Duties are made once, fairly, on the days they fall on; what is missing is caught up with."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from tests.systems.fieldwork import lists_cast
from tests.systems.fieldwork.lists_cast import (
    MONDAY,
    a_rule,
    a_scene,
    an_order,
    cared_for,
    rooms,
    two_workers,
)
from wangge.foundation.access.models import Grant
from wangge.foundation.territory.models import Area, CalendarDay
from wangge.registry.people.models import Room
from wangge.systems.fieldwork.actions.generate import generate_days, generate_duties, keep_up, missing
from wangge.systems.fieldwork.actions.generate_follow import follow
from wangge.systems.fieldwork.models import Duty, GeneratedDay, Scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
DAY = timedelta(days=1)


@pytest.fixture
def register():
    """Two workers, 23 homes, three of them with somebody who is looked after; all lists."""
    two_workers()
    homes = rooms(23)
    for at, level in ((2, "red"), (9, "yellow"), (17, "green"), (20, "red")):
        cared_for(homes[at], level)
    cared_for(homes[5], "red", ends_on=MONDAY + DAY * 3)  # who comes and goes moves nobody else's day
    cared_for(homes[6], "yellow", begins_on=MONDAY + DAY * 4)
    lists_cast.the_pack()
    return homes


@given(order=st.permutations(range(6)), again=st.lists(st.integers(0, 5), max_size=2))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_order_and_however_often_the_same_duties_stand(register, order, again):
    Duty.objects.all().delete()
    generate_days(actor="test", first=MONDAY, last=MONDAY + DAY * 5)
    at_once = lists_cast.duties()
    Duty.objects.all().delete()
    for at in [*order, *again]:
        generate_duties(actor="test", day=MONDAY + DAY * at)
    assert lists_cast.duties() == at_once


def test_the_two_workers_of_a_grid_have_as_much_to_do(register):
    generate_days(actor="test", first=MONDAY, last=MONDAY + DAY * 20)
    crew = Grant.objects.values_list("user_id", flat=True)
    loads = Duty.objects.filter(area_code=cast.GRID).values_list("kind", "begins_on", "worker_id")
    for kind, begins in {(kind, begins) for kind, begins, _worker in loads}:
        counts = [sum(row == (kind, begins, user) for row in loads) for user in crew]
        assert max(counts) - min(counts) <= 1 and sum(counts), (kind, begins, counts)


def test_every_household_is_visited_once_a_half_year_and_evenly(register):
    generate_days(actor="test", first=date(2026, 7, 1), last=date(2026, 12, 31))
    visits = Duty.objects.filter(care=None, kind="visit")
    assert Counter(visits.values_list("room_id", flat=True)) == Counter({home.pk: 1 for home in register})
    assert max(Counter(visits.values_list("begins_on", flat=True)).values()) <= 4
    weekly = Duty.objects.filter(care__level="red", room=register[2])
    assert weekly.count() == 27 and all((duty.due_on - duty.begins_on).days < 7 for duty in weekly)
    care_days = set(weekly.values_list("begins_on", flat=True))
    assert visits.get(room=register[2]).begins_on in care_days  # her household on a day of hers


def test_a_holiday_puts_a_patrol_off_and_a_worked_saturday_is_a_day_like_others():
    daily = a_scene("每个工作日")
    thursdays = a_scene("周四", every=[4])
    for_duty = a_scene("天天", every=[1, 2, 3, 4, 5, 6, 7])
    for day in (1, 2, 3):
        CalendarDay.objects.create(date=date(2026, 1, day), kind="holiday")
    CalendarDay.objects.create(date=date(2026, 1, 4), kind="workday")
    generate_days(actor="test", first=date(2026, 1, 1), last=date(2026, 1, 9))

    def days(scene: Scene) -> list[int]:
        rows = Duty.objects.filter(scene=scene, area_code=cast.GRID).order_by("begins_on")
        return [day.day for day in rows.values_list("begins_on", flat=True)]

    assert days(daily) == [4, 5, 6, 7, 8, 9]
    assert days(thursdays) == [4, 8]  # New Year's Day is a Thursday: looked after on the Sunday worked
    assert days(for_duty) == list(range(1, 10))


def test_a_town_has_its_own_scene_and_an_emergency_has_one_only_under_an_order():
    a_scene("只在甲街道", area=cast.TOWN)
    a_scene("应急", order_only=True, every=[1, 2, 3, 4, 5, 6, 7])
    generate_duties(actor="test", day=MONDAY)
    assert set(Duty.objects.values_list("area_code", "scene__name")) == {(cast.GRID, "只在甲街道")}
    an_order(cast.OTHER_GRID)
    today = timezone.localdate()
    generate_duties(actor="test", day=today)
    emergency = Duty.objects.filter(scene__name="应急").values_list("area_code", "due_on")
    assert set(emergency) == {(cast.OTHER_GRID, today)}


def test_screenings_stand_for_the_month_however_late_it_begins():
    a_scene("房", kind="monthly")
    generate_duties(actor="test", day=MONDAY)
    first, last = set(Duty.objects.values_list("begins_on", "due_on")).pop()
    assert (first, last) == (date(2026, 11, 2), date(2026, 11, 30))
    generate_duties(actor="test", day=MONDAY + DAY)
    assert Duty.objects.count() == 2  # one for each grid


def test_who_was_listed_this_week_is_visited_this_week():
    two_workers()
    a_rule(1, "week", "elderly", "red")
    homes = rooms(2)
    cared_for(homes[0])
    late = cared_for(homes[1], begins_on=MONDAY + DAY * 3)
    generate_duties(actor="test", day=MONDAY + DAY * 4)
    assert Duty.objects.get(care=late).begins_on == MONDAY + DAY * 3


def test_an_outage_is_caught_up_with_and_missed_patrols_are_closed():
    a_scene()
    generate_duties(actor="test", day=MONDAY)
    assert missing(MONDAY + DAY * 3) == [(MONDAY + DAY, MONDAY + DAY * 3)]
    assert keep_up(MONDAY + DAY * 3) == 6
    assert keep_up(MONDAY + DAY * 3) == 0
    states = Counter(Duty.objects.values_list("begins_on", "state"))
    assert states == Counter(
        {(MONDAY + DAY * at, "missed"): 2 for at in range(3)} | {(MONDAY + DAY * 3, "open"): 2}
    )
    assert GeneratedDay.objects.count() == 4


def test_a_visit_stays_open_until_the_next_one_at_the_door():
    a_rule(1, "week", "elderly", "red")
    cared_for(rooms(1)[0])
    generate_duties(actor="test", day=MONDAY + DAY * 4)
    keep_up(MONDAY + DAY * 7)
    assert list(Duty.objects.order_by("begins_on").values_list("state", flat=True)) == ["missed", "open"]


def test_when_a_grid_ends_visits_go_with_their_door_and_patrols_begin_anew():
    two_workers()
    a_scene()
    a_rule(1, "week", "elderly", "red")
    home = rooms(1)[0]
    cared_for(home)
    generate_days(actor="test", first=MONDAY, last=MONDAY + DAY * 2)
    new = cast.GRID[:-1] + "9"
    Area.objects.filter(code=cast.GRID).update(valid_to=MONDAY)
    Area(code=new, level="grid", name="新网格", parent_id=cast.COMMUNITY, kind="general").save()
    Room.objects.update(area_code=new)
    taker = cast.worker(new)
    follow()
    moved = Duty.objects.get(care__isnull=False)
    assert (moved.area_code, moved.worker) == (new, taker)
    patrols = Duty.objects.filter(kind="patrol", area_code=cast.GRID)
    assert set(patrols.values_list("state", flat=True)) == {"cancelled"}
    assert follow() == 0


def test_who_leaves_hands_over_and_who_was_there_last_comes_again():
    first, second = two_workers()
    a_rule(1, "week", "elderly", "red")
    for home in rooms(4):
        cared_for(home)
    generate_duties(actor="test", day=MONDAY + DAY * 4)
    was = dict(Duty.objects.values_list("room_id", "worker_id"))
    swapped = {first.pk: second, second.pk: first}
    for duty in Duty.objects.all():
        duty.state, duty.done_by = "done", swapped[duty.worker_id].username
        duty.save()
    generate_duties(actor="test", day=MONDAY + DAY * 11)
    again = dict(Duty.objects.filter(state="open").values_list("room_id", "worker_id"))
    days = Counter(Duty.objects.filter(state="open").values_list("begins_on", flat=True))
    assert len(was) == 4 and max(days.values()) == 1
    assert all(again[room] != was[room] for room in again)
    Grant.objects.filter(user=first).update(valid_to=MONDAY)
    follow()
    assert set(Duty.objects.filter(state="open").values_list("worker_id", flat=True)) == {second.pk}
