"""回访: kept and closed, or broken and mediated again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.disputes.dispute_cast import PHOTO, drafted, followed, mediating, signed, step
from wangge.engines.cases.actions import NotNow, Stale
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.systems.disputes.actions.agreements import Signed, sign_agreement
from wangge.systems.disputes.actions.follow_ups import Told, follow_up
from wangge.systems.disputes.actions.handlers import appoint
from wangge.systems.disputes.models import Agreement, FollowUp, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return cast.secretary()


@pytest.fixture
def case(secretary):
    case = mediating(secretary)
    signed(case, secretary)
    return case


def test_the_clock_of_the_follow_up_ends_a_week_after_the_last_term_is_due(case, secretary):
    last = max(Term.objects.values_list("due_on", flat=True))
    assert timezone.localdate(case.clocks.get(key="follow").due_at) == last + timedelta(days=7)
    due = last + timedelta(days=30)
    drafted(case, secretary, facts="推迟付款", due_on=due)
    sign_agreement(
        actor=secretary, agreement=Agreement.objects.get(number=2),
        told=Signed(uuid4(), timezone.localdate(), (PHOTO,)),
    )  # fmt: skip
    assert timezone.localdate(case.clocks.get(key="follow").due_at) == due + timedelta(days=7)


def test_all_kept_it_is_closed(case, secretary):
    made = followed(case, secretary, "close", True, opinion=3)
    assert (case.state, made.kept, made.opinion) == ("closed", True, 3)
    assert Agreement.objects.get().kept is True
    assert set(Term.objects.values_list("kept_on", flat=True)) == {timezone.localdate()}


def test_broken_it_is_mediated_again_and_a_new_agreement_is_drafted(case, secretary):
    followed(case, secretary, "broken", False)
    assert case.state == "mediating" and Agreement.objects.get().kept is False
    assert case.handled_at is None and case.reworked == 1
    again = drafted(case, secretary)
    assert (again.number, again.supplement_to) == (2, None)


def test_a_visit_says_what_is_kept_and_changes_no_state(case, secretary):
    first, second = Term.objects.order_by("number")
    made = followed(case, secretary, kept=None)
    assert case.state == "agreed" and made.kept is None
    told = Told(uuid4(), "visit", timezone.localdate(), "phone", "付了钱", {first.pk: True, second.pk: None})
    assert follow_up(actor=secretary, case=case, told=told).kept is None
    first.refresh_from_db()
    assert first.kept is True


def test_closing_needs_everything_kept_and_breaking_something_not(case, secretary):
    with pytest.raises(Unacceptable, match="不能结案"):
        followed(case, secretary, "close", None)
    with pytest.raises(Unacceptable, match="请结案"):
        followed(case, secretary, "broken", True)
    assert not FollowUp.objects.exists() and not Term.objects.exclude(kept=None).exists()


def test_the_same_op_is_the_same_and_other_content_is_refused(case, secretary):
    op = uuid4()
    assert followed(case, secretary, op=op) == followed(case, secretary, op=op)
    with pytest.raises(Unacceptable, match="已经记过"):
        followed(case, secretary, op=op, kept=False)


def test_of_two_at_once_the_second_is_told(case, secretary):
    told = Told(uuid4(), "visit", timezone.localdate(), "visit", "问过")
    with pytest.raises(Stale):
        follow_up(actor=secretary, case=case, told=told, seen=case.version - 1)


def test_a_worker_who_was_named_visits_and_does_not_close(case, secretary):
    worker = cast.worker()
    with pytest.raises(Refused):
        followed(case, worker)
    appoint(actor=secretary, case=case, user=worker)
    followed(case, worker)
    with pytest.raises(Refused):
        followed(case, worker, "close", True)


def test_a_day_to_come_and_a_wrong_state_are_refused(case, secretary):
    with pytest.raises(Unacceptable, match="还没有到"):
        followed(case, secretary, on=timezone.localdate() + timedelta(days=1))
    followed(case, secretary, "close", True)
    with pytest.raises(NotNow):
        followed(case, secretary)


def test_an_unsigned_supplement_is_settled_first(case, secretary):
    drafted(case, secretary, facts="推迟付款")
    with pytest.raises(Unacceptable, match="补充协议"):
        followed(case, secretary, "close", True)


def test_what_failed_is_mediated_again_when_both_are_willing(secretary):
    case = mediating(secretary)
    step(case, "fail", secretary, words="谈不拢")
    step(case, "again", secretary, words="又愿意谈了")
    assert case.state == "mediating" and case.clocks.filter(key="mediate", stopped_at=None).exists()
