"""Units sign, make contact and arrive; in turn, once, by their own members."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests import cast
from tests.systems.whistles.whistle_cast import (
    AFTER,
    FAR,
    PLACE,
    a_unit,
    approved,
    arrived,
    call_of,
    member,
    reported,
    scored,
    step,
)
from wangge.engines.cases.actions import NotNow, Stale
from wangge.engines.cases.actions.bundle import bundle_of
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.whistles.actions.reporting import far_words
from wangge.systems.whistles.models import Call
from wangge.systems.whistles.queries.whistles import far_calls

pytestmark = pytest.mark.django_db


def test_the_leads_reports_are_the_steps_of_the_case():
    user = member()
    lead = a_unit("城管", user)
    row = approved(lead)
    for what, state in (("sign", "signed"), ("contact", "contacted"), ("arrive", "arrived")):
        reported(row, lead, what, user)
        assert row.case.state == state
    call = call_of(row, lead)
    steps = {each.key: each.at for each in row.case.steps.all()}
    assert (call.signed_at, call.contacted_at, call.arrived_at) == tuple(
        steps[key] for key in ("sign", "contact", "arrive")
    )


def test_a_lead_that_signs_on_the_page_of_the_case_has_signed():
    user = member()
    lead = a_unit("城管", user)
    row = approved(lead)
    done = step(row, "sign", user)
    assert call_of(row, lead).signed_at == done.at


def test_another_units_reports_stand_in_the_timeline_and_leave_the_state():
    user = member()
    lead, helper = a_unit("城管"), a_unit("环保", user)
    row = arrived(approved(lead, helper), helper)
    assert row.case.state == "approved"
    steps = list(row.case.steps.filter(key="join").order_by("number"))
    assert [each.unit for each in steps] == [helper] * 3
    assert [each.words for each in steps] == ["签收：知道了", "联系社区：知道了", "到场报到：知道了"]
    call = call_of(row, helper)
    assert (call.signed_at, call.contacted_at, call.arrived_at) == tuple(each.at for each in steps)
    assert bundle_of(actor="test", case=row.case)  # the chain holds


def test_the_second_of_two_members_is_told_of_the_first():
    one, two = member(), member()
    lead, helper = a_unit("城管", one, two), a_unit("环保", one, two)
    row = approved(lead, helper)
    seen = row.case.version
    for unit in (lead, helper):
        reported(row, unit, "sign", one, seen=seen)
        with pytest.raises((Stale, NotNow)) as told:
            reported(row, unit, "sign", two, seen=seen)
        assert "签收" in str(told.value)
    assert "卜门" in str(told.value)


def test_the_same_op_is_the_same_report():
    helper = a_unit("环保")
    row, op = approved(a_unit("城管"), helper), uuid4()
    first = reported(row, helper, "sign", op=op)
    assert reported(row, helper, "sign", op=op).signed_at == first.signed_at
    assert Entry.objects.filter(kind="whistle.reported").count() == 1
    assert row.case.steps.filter(key="join").count() == 1


@pytest.mark.parametrize("lead_too", [True, False], ids=["lead", "helper"])
def test_nobody_arrives_before_signing(lead_too):
    lead, helper = a_unit("城管"), a_unit("环保")
    row = approved(lead, helper)
    with pytest.raises(NotNow):
        reported(row, lead if lead_too else helper, "arrive")
    assert not Call._base_manager.exclude(arrived_at=None).exists()


def test_nobody_speaks_for_another_unit():
    user = member()
    a_unit("住建", user)
    lead, helper = a_unit("城管"), a_unit("环保", user)
    third = a_unit("水务")
    row = approved(lead, helper, third)
    with pytest.raises(Refused):
        reported(row, third, "sign", user)
    with pytest.raises(Refused):
        reported(row, lead, "sign", user)
    with pytest.raises(Refused):
        reported(row, third, "sign", cast.officer())


def test_an_arrival_from_far_away_is_kept_and_told():
    lead, helper = a_unit("城管"), a_unit("环保")
    row = approved(lead, helper)
    for unit in (lead, helper):
        reported(row, unit, "sign")
        reported(row, unit, "contact")
        call = reported(row, unit, "arrive", place=FAR)
        assert 1900 < call.metres < 2200 and call.arrived_at
        assert "2.1 km" in far_words(call, 500) and far_words(call, 5000) == ""


def test_an_arrival_needs_the_place():
    helper = a_unit("环保")
    row = approved(a_unit("城管"), helper)
    reported(row, helper, "sign")
    reported(row, helper, "contact")
    with pytest.raises(Unacceptable, match="定位"):
        reported(row, helper, "arrive", place=None)


def test_a_helper_sends_it_back_before_it_signs_only():
    helper, other = a_unit("环保"), a_unit("水务")
    row = approved(a_unit("城管"), helper, other)
    call = reported(row, helper, "object", words="与我们无关")
    assert (call.ending, call.objection) == ("objected", "与我们无关")
    reported(row, other, "sign")
    with pytest.raises(NotNow, match="已经签收"):
        reported(row, other, "object", words="不是我们的")


def test_the_note_of_another_unit_cannot_be_taken_beside_its_call():
    helper = a_unit("环保")
    row = approved(a_unit("城管"), helper)
    with pytest.raises(Unacceptable, match="吹哨报到"):
        step(row, "join", unit=helper, words="我来了")


def test_withdrawn_ends_every_call_but_not_once_somebody_has_arrived():
    lead, helper = a_unit("城管"), a_unit("环保")
    row = arrived(approved(lead, helper), helper)
    with pytest.raises(NotNow, match="环保 已经到场"):
        step(row, "withdraw", words="不用了")
    other = approved(lead, helper)
    step(other, "withdraw", words="不用了")
    assert set(other.calls.values_list("ending", flat=True)) == {"withdrawn"}
    arrived(row, lead)
    with pytest.raises(NotNow):
        step(row, "withdraw", words="不用了")


class TestAnArrivalFromFarAway:
    def whistle(self, *, place=FAR):
        secretary, user = cast.secretary(), member()
        lead = a_unit("城管", user)
        row = approved(lead, actor=secretary)
        for what in ("sign", "contact", "arrive"):
            reported(row, lead, what, user, place=place if what == "arrive" else None)
        return row, lead, secretary

    def test_who_whistled_is_told_at_once_on_the_timeline_and_on_the_home_page(self, logged_in):
        row, lead, secretary = self.whistle()
        last = row.case.steps.order_by("number").last()
        assert (last.key, last.data["tell"]) == ("clock", "launcher") and "离现场 2.1 km" in last.words
        told = Entry.objects.get(kind="whistle.far").data
        assert (told["unit"], told["tells"]) == (lead.key, ["launcher"])
        assert bundle_of(actor="test", case=row.case)  # the chain holds
        browser = logged_in(secretary)
        page = browser.get(reverse("cases:show", args=[row.case.number])).content.decode()
        assert "请核实是否到场" in page and "告知发起人" in page
        assert "到场离得远的单位" in browser.get(reverse("home")).content.decode()
        listed = browser.get(reverse("whistles:list") + "?show=far").content.decode()
        assert row.case.number in listed

    def test_near_by_nobody_is_told(self, logged_in):
        row, _lead, secretary = self.whistle(place=PLACE)
        assert not Entry.objects.filter(kind="whistle.far").exists()
        assert row.case.steps.order_by("number").last().key == "arrive"
        listed = logged_in(secretary).get(reverse("whistles:list") + "?show=far").content.decode()
        assert row.case.number not in listed

    def test_once_the_unit_is_judged_it_is_on_no_list_any_more(self, everywhere):
        row, lead, _secretary = self.whistle()
        assert far_calls().count() == 1
        step(row, "plan", words="分头查处")
        step(row, "done", words="整改了", photos=((AFTER, "after"),))
        scored(row, lead)
        assert far_calls().count() == 0
