"""Who may take a step, when, with what; and of two at once the second is told."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import a_unit, handled, opened, step
from wangge.engines.cases.actions import NotNow, Stale
from wangge.engines.cases.actions.chain import fields_of, salts_of
from wangge.engines.cases.queries.worklist import steps_for
from wangge.foundation.access.enums import Role
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.evidence import START, step_hash

pytestmark = pytest.mark.django_db
AFTER = (("a" * 64, "after"),)


def test_from_found_to_closed_by_whoever_it_is_for():
    secretary, hand = cast.secretary(), cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    unit = a_unit("环卫站", hand)
    case = opened(cast.worker())
    step(case, "file", secretary, level="third")
    step(case, "dispatch", secretary, unit=unit)
    step(case, "take", hand)
    step(case, "answer", hand, words="清走了", photos=AFTER)
    step(case, "verify", secretary, photos=(("b" * 64, "after"),))
    step(case, "close", secretary)
    assert case.state == "closed" and case.closed_at and case.due_at is None and case.next_at is None
    assert (case.filed, case.dispatched, case.verified, case.reworked) == (True, 1, 1, 0)
    kinds = list(Entry.objects.filter(kind__startswith="case.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["case.opened", *["case.step"] * 6, "case.closed"]


def test_every_step_closes_over_the_one_before():
    case, prev = handled(opened()), START
    for each in case.steps.select_related("case", "unit"):
        assert each.hash == step_hash(prev, fields_of(each), salts_of(each))
        prev = each.hash
    assert case.head == prev and case.version == case.steps.count()


def test_a_step_out_of_turn_says_what_is_possible():
    case = opened()
    with pytest.raises(NotNow, match=r"待受理.*立案"):
        step(case, "close", cast.secretary())


def test_a_step_of_somebody_else_is_refused():
    case = opened()
    assert "file" not in {each.key for each in steps_for(cast.worker(), case)}
    with pytest.raises(Refused):
        step(case, "file", cast.worker(), level="third")
    with pytest.raises(Refused):
        step(case, "file", cast.secretary(cast.OTHER_COMMUNITY), level="third")


def test_what_a_step_needs_is_asked_for_all_at_once():
    case = opened()
    step(case, "file", level="third")
    step(case, "dispatch", unit=a_unit())
    step(case, "take")
    with pytest.raises(Unacceptable, match=r"说明.*照片"):
        step(case, "answer")


def test_of_two_dispatchers_at_once_the_second_is_told_of_the_first():
    case, one, two = opened(), a_unit("一所"), a_unit("二所")
    step(case, "file", level="third")
    seen, secretary = case.version, cast.secretary()
    step(case, "dispatch", secretary, unit=one, seen=seen)
    with pytest.raises((Stale, NotNow), match=r"派遣|待处理"):
        step(case, "dispatch", unit=two, seen=seen)
    with pytest.raises(Stale, match=r"苏记书.*派遣"):
        step(case, "take", seen=seen)
    assert case.unit == one


def test_the_same_op_is_the_same_step():
    case, op = opened(), uuid4()
    first = step(case, "file", level="third", op=op)
    assert step(case, "file", level="third", op=op).pk == first.pk and case.version == 2
    with pytest.raises(Unacceptable):
        step(case, "file", level="third", op=op, words="别的")


def test_nobody_closes_what_she_complained_of_or_verifies_what_she_did():
    secretary, officer = cast.secretary(), cast.officer()
    case = handled(opened(secretary, source="resident"))
    step(case, "verify", officer, photos=AFTER)
    with pytest.raises(Refused, match="您自己提出"):
        step(case, "close", secretary)
    step(case, "close", officer)
    hand = cast.secretary()
    other = opened(source="resident")
    step(other, "file", level="third")
    step(other, "dispatch", unit=a_unit("二所"))
    step(other, "take", hand)
    step(other, "answer", hand, words="好了", photos=AFTER)
    with pytest.raises(Refused, match="您处理的"):
        step(other, "verify", hand, photos=AFTER)


def test_a_level_is_closed_by_whom_it_names_or_above():
    case = handled(opened())
    step(case, "verify", photos=AFTER)
    with pytest.raises(Refused, match="等级"):
        step(case, "close", cast.worker())
    step(case, "close", cast.secretary())


def test_work_that_was_not_good_is_counted_and_done_again():
    case = handled(opened())
    step(case, "rework", words="还有", photos=AFTER)
    assert (case.state, case.verified, case.reworked, case.handled_at) == ("handling", 1, 1, None)


def test_a_pause_moves_the_end_and_only_a_step_makes_one():
    case = opened()
    step(case, "file", level="third")
    step(case, "dispatch", unit=a_unit())
    step(case, "take")
    due = case.close_due
    step(case, "suspend", words="等材料", until=timezone.now() + timedelta(days=30))
    assert case.paused and case.due_at is None and case.auto_at is not None
    step(case, "resume")
    assert not case.paused and case.close_due >= due and case.auto_at is None and case.hung == 1


def test_time_that_was_granted_is_the_end():
    case, until = opened(), timezone.now() + timedelta(days=40)
    step(case, "file", level="third")
    step(case, "dispatch", unit=a_unit())
    step(case, "take")
    step(case, "ask_time", words="量大", until=until)
    step(case, "grant", until=until)
    assert case.close_due == until and case.extended == 1


def test_who_told_it_rates_and_reopens():
    case = handled(opened("web"))
    step(case, "verify", photos=AFTER)
    step(case, "close")
    with pytest.raises(Refused):
        step(case, "rate", cast.secretary(), rating=3)
    step(case, "rate", "web", as_reporter=True, rating=1, solved=False)
    step(case, "reopen", "web", as_reporter=True, words="没有解决")
    assert (case.rating, case.solved, case.state, case.closed_at, case.reopened) == (
        1,
        False,
        "filed",
        None,
        1,
    )
    assert case.due_at is not None


def test_a_department_sees_what_was_given_to_it():
    from wangge.engines.cases.queries.worklist import cases_for

    hand = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    unit, case, other = a_unit("环卫站", hand), opened(), opened()
    assert not cases_for(hand).exists()
    step(case, "file", level="third")
    step(case, "dispatch", unit=unit)
    assert list(cases_for(hand)) == [case] and other in cases_for(cast.secretary())
