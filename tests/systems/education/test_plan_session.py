"""A session is planned, changed until it is held, called off with a reason."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests import cast
from tests.systems.education.education_cast import a_held_session, a_plan, a_session, at, sent
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Estate
from wangge.systems.education.actions.planning import cancel_session, change_session, plan_session
from wangge.systems.education.actions.writing import Stale
from wangge.systems.education.models import Session

pytestmark = pytest.mark.django_db


def planned(actor, plan):
    with within(EVERYWHERE):
        return plan_session(actor=actor, plan=plan)


def changed(row, plan, seen=1, actor="test"):
    with within(EVERYWHERE):
        return change_session(actor=actor, session=row, plan=plan, seen=seen)


def called_off(row, reason="台风", op=None, seen=1, actor="test"):
    with within(EVERYWHERE):
        return cancel_session(actor=actor, session=row, op=op or uuid4(), seen=seen, reason=reason)


def told(kind):
    return list(Entry._base_manager.filter(kind=kind).values_list("data", flat=True))


def test_the_same_op_is_one_session_and_one_line_in_the_trail():
    plan = a_plan()
    assert planned("test", plan).pk == planned("test", plan).pk
    assert Session._base_manager.count() == len(told("education.planned")) == 1


def test_only_inside_ones_own_areas():
    with pytest.raises(Refused):
        planned(cast.secretary(), a_plan(cast.OTHER_COMMUNITY))
    assert planned(cast.secretary(), a_plan(cast.GRID)).area_code == cast.GRID


def test_an_op_of_elsewhere_gives_nothing_away():
    row = a_session(cast.OTHER_COMMUNITY)
    with pytest.raises(Refused):
        planned(cast.secretary(), a_plan(op=row.op))


def test_a_grid_worker_does_not_plan():
    with pytest.raises(Refused):
        planned(cast.worker(), a_plan(cast.GRID))


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"minutes": -5}, {"minutes": 1441}, {"topic": "没有"}])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(Unacceptable):
        planned("test", a_plan(**wrong))


def test_a_change_sent_twice_is_one_and_the_trail_keeps_what_was_before():
    row, plan = a_session(minutes=60), a_plan(minutes=90)
    assert changed(row, plan).minutes == changed(row, plan).minutes == 90
    (data,) = told("education.changed")
    assert (data["before"]["minutes"], data["after"]["minutes"]) == (60, 90)


def test_behind_anothers_change_nothing_is_written():
    row = a_session()
    changed(row, a_plan(title="改过"))
    with pytest.raises(Stale):
        changed(row, a_plan(title="再改"), seen=1)


def test_what_was_held_is_not_planned_again():
    row = a_held_session()
    with pytest.raises(Unacceptable, match="已举办"):
        changed(row, a_plan(), seen=row.version)
    with pytest.raises(Unacceptable):
        called_off(row, seen=row.version)


def test_calling_off_needs_a_reason_and_is_done_once():
    row, op = a_session(days=3), uuid4()
    with pytest.raises(Unacceptable, match="为什么"):
        called_off(row, reason=" ")
    assert called_off(row, op=op).state == called_off(row, op=op).state == "cancelled"
    assert len(told("education.cancelled")) == 1
    with pytest.raises(Refused):
        called_off(a_session(cast.OTHER_COMMUNITY), actor=cast.secretary())


class TestForm:
    def post(self, browser, **more):
        return browser.post(reverse("education:new"), sent(**more))

    def test_it_makes_the_session_and_a_second_time_the_same(self, logged_in):
        browser, told = logged_in(cast.secretary()), sent()
        first, second = (browser.post(reverse("education:new"), told) for _ in range(2))
        row = Session._base_manager.get()
        assert first.url == second.url == reverse("education:session", args=[row.pk])
        assert (row.minutes, row.topic, row.attended) == (90, "gas", None)

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"ends": "08:00"}, "结束时间要晚于开始时间"),
            ({"ends": "09:00"}, "结束时间要晚于开始时间"),
            ({"day": "2062-01-01"}, "看看年份"),
            ({"topic": "没有"}, "没有"),
            ({"title": ""}, "必填"),
            ({"area": cast.OTHER_COMMUNITY}, cast.OTHER_COMMUNITY),
            ({"linked": "没有的小区"}, "没有叫“没有的小区”的"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(self, logged_in, wrong, says):
        answer = self.post(logged_in(cast.secretary()), **wrong)
        page = answer.content.decode()
        assert answer.status_code == 422 and says in page and "老人活动室" in page
        assert not Session._base_manager.exists()

    def test_a_place_of_the_register_is_found_by_name_inside_the_reach(self, logged_in):
        with within(EVERYWHERE):
            estate = Estate.objects.create(area_code=cast.COMMUNITY, name="虚构云杉苑")
            Estate.objects.create(area_code=cast.OTHER_COMMUNITY, name="虚构云杉苑二期")
        browser = logged_in(cast.secretary())
        told = self.post(browser, linked="云杉").content.decode()
        assert "可能是：虚构云杉苑。" in told and "二期" not in told
        self.post(browser, linked="虚构云杉苑")
        assert Session._base_manager.get().estate == estate

    def test_an_edit_page_of_another_community_is_not_there(self, logged_in):
        row = a_session(cast.OTHER_COMMUNITY)
        browser = logged_in(cast.secretary())
        for name in ("session", "edit", "hold", "notice"):
            assert browser.get(reverse(f"education:{name}", args=[row.pk])).status_code == 404

    def test_an_edit_keeps_what_was_there(self, logged_in):
        row = a_session(begins_at=at(2, 14), minutes=45)
        browser = logged_in(cast.secretary())
        page = browser.get(reverse("education:edit", args=[row.pk])).content.decode()
        assert 'value="14:00"' in page and 'value="14:45"' in page and "消防讲座" in page
        told = sent(title="改过的讲座", seen=1)
        for _ in range(2):
            assert browser.post(reverse("education:edit", args=[row.pk]), told).status_code == 302
        row.refresh_from_db()
        assert (row.title, row.version) == ("改过的讲座", 2)
