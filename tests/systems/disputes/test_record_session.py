"""调解一次."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.disputes.dispute_cast import ONE, a_dispute, a_session, mediating, said
from wangge.engines.cases.actions import NotNow, Stale
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.systems.disputes.actions.sessions import record_session
from wangge.systems.disputes.models import Mediator, Session
from wangge.systems.disputes.queries.record import session_lines, words_of

pytestmark = pytest.mark.django_db


def test_it_is_a_step_that_says_nothing_and_a_record_that_says_all():
    secretary = cast.secretary()
    case = mediating(secretary)
    made = a_session(case, secretary, others=["虚构律师"])
    step = case.steps.get(key="session")
    assert (step.words, step.data["session"], made.step) == ("", 1, step.number)
    assert words_of(case)[step.op] == "双方都说了一遍"
    (line,) = session_lines(case, {1: "申请人甲", 2: "被申请人乙"}, clear=True)
    assert line.said == [("申请人甲", "要求赔天花板"), ("被申请人乙", "只愿出一半")]
    assert line.mediators == f"{secretary.name}、虚构律师"
    assert session_lines(case, {}, clear=False)[0].said == []
    assert "天花板" not in repr(list(Session.objects.values()))


def test_the_same_op_is_the_same_sitting_and_other_content_is_refused():
    secretary, op = cast.secretary(), uuid4()
    case = mediating(secretary)
    assert a_session(case, secretary, op=op) == a_session(case, secretary, op=op)
    assert (Session.objects.count(), Mediator.objects.count()) == (1, 1)
    with pytest.raises(Unacceptable, match="已经记过"):
        a_session(case, secretary, op=op, result="apart")


def test_of_two_who_save_at_once_the_second_is_told():
    secretary = cast.secretary()
    case = mediating(secretary)
    seen = case.version
    record_session(actor=secretary, case=case, told=said(secretary), seen=seen)
    with pytest.raises(Stale, match=secretary.name):
        record_session(actor=secretary, case=case, told=said(secretary), seen=seen)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"mediators": [], "others": []}, "谁来调解"),
        ({"others": [ONE]}, "同名"),
        ({"held_on": timezone.localdate() + timedelta(days=1)}, "还没有到"),
        ({"held_on": date.min}, "年份"),
        ({"said": {7: "谁"}}, "刚才改过"),
        ({"words": " "}, "说明"),
    ],
    ids=["nobody", "party", "tomorrow", "long-ago", "stranger", "no-words"],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(more, why):
    secretary = cast.secretary()
    case = mediating(secretary)
    with pytest.raises(Unacceptable, match=why):
        a_session(case, secretary, **more)
    assert not Session.objects.exists() and not case.steps.filter(key="session").exists()


def test_a_mediator_with_an_account_who_is_a_party_is_refused():
    secretary = cast.secretary()
    party = cast.person_with(("community_secretary", cast.COMMUNITY), name=ONE)
    with pytest.raises(Unacceptable, match="同名"):
        a_session(mediating(secretary), secretary, mediators=[party])


def test_before_it_is_accepted_and_by_others_there_is_none():
    secretary = cast.secretary()
    with pytest.raises(NotNow):
        a_session(a_dispute(secretary), secretary)
    with pytest.raises(Refused):
        colleague = cast.secretary()
        a_session(mediating(secretary), colleague)
