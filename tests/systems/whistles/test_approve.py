"""A whistle is approved by another; then its units are called and their clocks begin."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests import cast
from tests.systems.whistles.whistle_cast import (
    a_unit,
    approved,
    blown,
    call_of,
    member,
    reported,
    step,
)
from wangge.engines.cases.actions import NotNow, Stale
from wangge.engines.cases.queries.worklist import cases_for, waiting_for
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.systems.whistles.actions.calling import Approved, approve, call_one_more
from wangge.systems.whistles.models import Call

pytestmark = pytest.mark.django_db


def test_nobody_approves_her_own():
    officer, unit = cast.officer(), a_unit("城管")
    row = blown(unit, actor=officer)
    told = Approved(uuid4(), (unit,), unit, "advance")
    with pytest.raises(Refused, match="您自己提出的"):
        approve(actor=officer, case=row.case, told=told)
    approve(actor=cast.officer(), case=row.case, told=told)
    row.case.refresh_from_db()
    assert (row.case.state, row.case.unit) == ("approved", unit)


def test_a_community_does_not_approve():
    unit = a_unit("城管")
    row = blown(unit)
    with pytest.raises(Refused):
        approve(actor=cast.secretary(), case=row.case, told=Approved(uuid4(), (unit,), unit, "advance"))


def test_every_unit_is_called_with_the_clocks_of_the_lead():
    lead, helper = a_unit("城管"), a_unit("环保")
    row = approved(lead, helper, level="tough")
    first, second = call_of(row, lead), call_of(row, helper)
    assert first.lead and not second.lead and list(row.case.helpers.all()) == [helper]
    clocks = {clock.key: clock for clock in row.case.clocks.all()}
    assert clocks["arrive"].limit == "5wd"
    for call in (first, second):
        assert (call.sign_due, call.arrive_due) == (clocks["sign"].due_at, clocks["arrive"].due_at)
        assert call.contact_due is None
    reported(row, lead, "sign")
    assert call_of(row, lead).contact_due == row.case.clocks.get(key="contact").due_at


def test_the_same_op_calls_once():
    unit = a_unit("城管")
    row, told = blown(unit), Approved(uuid4(), (unit,), unit, "advance")
    one = approve(actor="test", case=row.case, told=told)
    assert approve(actor="test", case=row.case, told=told) == one and Call._base_manager.count() == 1


def test_of_two_who_approve_the_second_is_told():
    unit = a_unit("城管")
    row = blown(unit)
    seen = row.case.version
    approve(actor=cast.officer(), case=row.case, told=Approved(uuid4(), (unit,), unit, "advance", seen))
    with pytest.raises((Stale, NotNow)):
        approve(actor=cast.officer(), case=row.case, told=Approved(uuid4(), (unit,), unit, "advance", seen))


def test_a_declined_whistle_calls_nobody():
    row = blown(a_unit("城管"))
    step(row, "decline", cast.officer(), words="自己能办")
    assert row.case.state == "declined" and not Call._base_manager.exists()


def test_the_lead_sends_it_back_and_another_is_called():
    lead, other, helper = a_unit("城管"), a_unit("住建"), a_unit("环保")
    row = approved(lead, helper)
    reported(row, lead, "object", words="不归城管")
    gone = call_of(row, lead)
    assert (gone.ending, gone.objection, row.case.state) == ("objected", "不归城管", "launched")
    reported(row, helper, "sign")  # its own clock runs on
    approve(actor="test", case=row.case, told=Approved(uuid4(), (other, helper), other, "advance"))
    row.case.refresh_from_db()
    assert row.case.unit == other and call_of(row, other).lead and call_of(row, helper).signed_at
    assert Call._base_manager.filter(whistle=row).count() == 3


def test_a_helper_becomes_the_lead():
    lead, helper = a_unit("城管"), a_unit("环保")
    row = approved(lead, helper)
    reported(row, lead, "object", words="不归城管")
    approve(actor="test", case=row.case, told=Approved(uuid4(), (helper,), helper, "advance"))
    calls = Call._base_manager.filter(whistle=row, unit=helper).order_by("pk")
    assert [(call.lead, call.ending) for call in calls] == [(False, "replaced"), (True, "")]


def test_one_more_is_called_by_the_street_and_not_twice():
    lead, more = a_unit("城管"), a_unit("水务")
    row = approved(lead)
    given = {"case": row.case, "op": uuid4(), "unit": more, "words": "还有污水"}
    with pytest.raises(Refused):
        call_one_more(actor=cast.secretary(), **given)
    call_one_more(actor=cast.officer(), **given)
    assert not call_of(row, more).lead and list(row.case.helpers.all()) == [more]
    with pytest.raises(Unacceptable, match="已经叫过"):
        call_one_more(actor=cast.officer(), **(given | {"op": uuid4()}))


def test_members_of_every_unit_find_it_on_their_workbench():
    one, two, stranger = member(), member(), member()
    lead, helper = a_unit("城管", one), a_unit("环保", two)
    row = approved(lead, helper)
    for user in (one, two):
        assert list(waiting_for(user)) == [row.case]
    assert not cases_for(stranger).exists() and not waiting_for(stranger).exists()
    for what in ("sign", "contact", "arrive"):
        reported(row, helper, what, two)
    assert not waiting_for(two).exists() and cases_for(two).exists()
