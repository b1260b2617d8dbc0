"""Problem → decision → unit → day → the unit's workbench → result → confirmed (S13, S33)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.tours.tour_cast import (
    a_decision,
    a_difficulty,
    a_tour,
    a_unit,
    reported_done,
    soon,
    step,
    stops,
)
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.worklist import cases_for, steps_for, waiting_for
from wangge.foundation.access.enums import Role
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.tours.models import Problem

pytestmark = pytest.mark.django_db


def first_stop():
    return stops(a_tour())[0]


def test_a_decision_is_a_matter_with_unit_and_the_day_is_the_end_of_its_clock():
    leader, unit = cast.leader(), a_unit()
    problem = a_decision(first_stop(), leader, unit=unit, due=soon(3))
    case = problem.case
    assert (case.system, case.kind, case.source, case.launcher) == ("tours", "decision", "tour", leader)
    assert case.unit == unit and timezone.localdate(case.handle_due) == soon(3)
    assert case.words == "下雨就淹\n现场决定：三天疏通" and problem.area_code == case.area_code == cast.GRID


def test_the_unit_finds_it_on_its_workbench_and_the_leader_confirms_the_result():
    leader, officer = cast.leader(), cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    problem = a_decision(first_stop(), leader, unit=a_unit("区水务站", officer))
    case = problem.case
    with within(EVERYWHERE):
        assert list(waiting_for(officer)) == [case]
        assert [rule.key for rule in steps_for(leader, case)] == ["withdraw"]
    reported_done(problem, officer)
    with within(EVERYWHERE):
        assert list(waiting_for(leader)) == [case]
        assert [rule.key for rule in steps_for(leader, case)] == ["close", "again"]
    step(case, "close", leader)
    assert case.state == "closed" and case.closed_at is not None


def test_another_leader_neither_sees_nor_confirms_it():
    problem = reported_done(a_decision(first_stop(), cast.leader()))
    other = cast.person_with((Role.LEADER, cast.DISTRICT))
    with within(EVERYWHERE):
        assert not cases_for(other).exists()
    with pytest.raises(Refused):
        step(problem.case, "close", other)


@pytest.mark.parametrize(
    ("missing", "said"),
    [({"decision": " "}, "怎么办"), ({"due": None}, "期限"), ({"title": " "}, "一句话")],
    ids=["no words", "no day", "no title"],
)
def test_a_decision_without_one_of_its_parts_is_refused_in_words(missing, said):
    with pytest.raises(Unacceptable, match=said):
        a_decision(first_stop(), **missing)
    assert not Case._base_manager.exists() and not Problem._base_manager.exists()


def test_a_day_that_is_past_is_refused():
    with pytest.raises(Unacceptable, match="已经过去"):
        a_decision(first_stop(), due=timezone.localdate() - timedelta(days=1))


def test_today_is_not_past():
    assert a_decision(first_stop(), due=timezone.localdate()).case.handle_due > timezone.now()


def test_a_unit_of_another_town_is_refused():
    with pytest.raises(Unacceptable, match="乙街道办"):
        a_decision(first_stop(), unit=a_unit("乙街道办", area=cast.OTHER_TOWN))


def test_the_same_decision_twice_is_one_and_with_other_words_it_is_refused():
    stop, op, unit = first_stop(), uuid4(), a_unit()
    one, two = (a_decision(stop, op=op, unit=unit) for _ in range(2))
    assert one.pk == two.pk and Case._base_manager.count() == 1
    assert Entry._base_manager.filter(kind="tour.raised").count() == 1
    with pytest.raises(Unacceptable, match=one.case.number):
        a_decision(stop, op=op, unit=unit, decision="别的办法")


def test_a_problem_without_a_decision_is_the_communitys():
    problem = a_difficulty(first_stop(), cast.leader())
    secretary = cast.secretary()
    with within(EVERYWHERE):
        assert list(waiting_for(secretary)) == [problem.case] and problem.case.unit is None
    step(problem.case, "take", secretary)
    step(problem.case, "done", secretary, words="谈成了")
    step(problem.case, "close", cast.officer())
    assert problem.case.state == "closed"


def test_or_of_the_unit_that_was_named():
    officer = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    problem = a_difficulty(first_stop(), cast.secretary(), unit=a_unit("区住建", officer), due=soon(9))
    assert timezone.localdate(problem.case.handle_due) == soon(9)
    with within(EVERYWHERE):
        assert list(waiting_for(officer)) == [problem.case]


def test_a_secretary_notes_but_does_not_decide():
    with pytest.raises(Refused, match="不能现场交办"):
        a_decision(first_stop(), cast.secretary())


@pytest.mark.parametrize("who", [cast.worker, cast.auditor], ids=["worker", "auditor"])
def test_who_has_neither_right_raises_nothing(who):
    with pytest.raises(Refused):
        a_difficulty(first_stop(), who())


def test_nobody_raises_anything_outside_her_areas():
    with pytest.raises(Refused):
        a_decision(first_stop(), cast.officer(cast.OTHER_TOWN))


def test_the_trail_names_numbers_and_no_words():
    a_decision(first_stop(), cast.leader())
    told = str(list(Entry._base_manager.values_list("data", "changes")))
    assert "巷口积水" not in told and "三天疏通" not in told
