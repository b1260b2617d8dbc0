"""Who handles a dispute, and who only sees that there is one."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.disputes.dispute_cast import ONE, a_dispute, a_unit, mediating, step
from wangge.engines.cases.queries.worklist import steps_for
from wangge.foundation.access.models import Grant
from wangge.foundation.access.queries import forget_grants
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.disputes.actions.handlers import appoint, release, take_on
from wangge.systems.disputes.models import Handler
from wangge.systems.disputes.rules import handles, leads

pytestmark = pytest.mark.django_db


def test_whoever_registered_it_handles_it_and_her_colleague_does_not():
    secretary, colleague = cast.secretary(), cast.secretary()
    case = a_dispute(secretary)
    assert handles(secretary, case) and leads(secretary, case)
    assert not handles(colleague, case)


@pytest.mark.parametrize("who", ["worker", "officer", "district_user", "leader"])
def test_others_who_see_the_area_do_not_handle_it(who):
    case = a_dispute(cast.secretary())
    assert not handles(getattr(cast, who)(), case)


def test_one_that_nobody_handles_is_taken_on_and_it_stands_in_the_trail():
    case, secretary = a_dispute(cast.worker()), cast.secretary()
    assert take_on(actor=secretary, case=case) == take_on(actor=secretary, case=case)
    assert handles(secretary, case)
    assert Entry.objects.filter(kind="dispute.taken_on").count() == 1


def test_one_that_somebody_handles_is_not_taken_on():
    case = a_dispute(cast.secretary())
    for user in (cast.secretary(), cast.officer(), cast.worker(), cast.secretary(cast.OTHER_COMMUNITY)):
        with pytest.raises(Refused):
            take_on(actor=user, case=case)
    assert Handler.objects.count() == 1


def test_one_whose_handler_left_the_office_is_taken_on():
    secretary, next_one = cast.secretary(), cast.secretary()
    case = a_dispute(secretary)
    Grant.objects.filter(user=secretary).update(valid_to=timezone.localdate())
    take_on(actor=next_one, case=case)
    assert [row.user for row in Handler.objects.filter(until=None)] == [next_one]


def test_a_worker_takes_on_nothing():
    with pytest.raises(Refused):
        take_on(actor=cast.worker(), case=a_dispute())


def test_a_party_does_not_settle_her_own_dispute():
    party = cast.person_with(("community_secretary", cast.COMMUNITY), name=ONE)
    case = a_dispute()
    with pytest.raises(Unacceptable, match="同名"):
        take_on(actor=party, case=case)
    with pytest.raises(Unacceptable, match="同名"):
        appoint(actor=cast.officer(), case=case, user=party)


def test_a_supervisor_names_a_worker_and_she_handles_it():
    case, worker = a_dispute(cast.secretary()), cast.worker()
    appoint(actor=cast.officer(), case=case, user=worker)
    assert handles(worker, case) and not leads(worker, case)


def test_nobody_names_herself_or_somebody_from_elsewhere():
    case, officer = a_dispute(), cast.officer()
    with pytest.raises(Refused):
        appoint(actor=officer, case=case, user=officer)
    with pytest.raises(Unacceptable):
        appoint(actor=officer, case=case, user=cast.worker(cast.OTHER_GRID))
    with pytest.raises(Refused):
        appoint(actor=cast.worker(), case=case, user=cast.secretary())


def test_who_is_released_reads_no_more_and_one_always_stays():
    secretary, other = cast.secretary(), cast.secretary()
    case = a_dispute(secretary)
    with pytest.raises(Unacceptable):
        release(actor=secretary, case=case, user=secretary)
    appoint(actor=secretary, case=case, user=other)
    release(actor=secretary, case=case, user=secretary)
    assert handles(other, case) and not handles(secretary, case)


def test_who_left_the_office_reads_no_more():
    secretary = cast.secretary()
    case = a_dispute(secretary)
    Grant.objects.filter(user=secretary).update(valid_to=timezone.localdate())
    forget_grants(secretary)
    assert not handles(secretary, case)


def test_a_unit_that_is_asked_to_help_handles_it_while_it_is_open():
    secretary = cast.secretary()
    case = mediating(secretary)
    helper = cast.person_with(("department", cast.DISTRICT))
    unit = a_unit(helper)
    assert not handles(helper, case)
    step(case, "invite", secretary, unit=unit, words="请司法所一起来")
    assert handles(helper, case) and not leads(helper, case)
    assert [rule.key for rule in steps_for(helper, case)] == ["progress"]  # who asked settles it
    step(case, "fail", secretary, words="谈不拢")
    step(case, "guide", secretary, words="去法院")
    assert case.closed_at and not handles(helper, case)


def test_a_step_is_taken_by_who_handles_it_only():
    case, colleague = a_dispute(cast.secretary()), cast.secretary()
    assert not steps_for(colleague, case)
    with pytest.raises(Refused, match="承办"):
        step(case, "accept", colleague, level="simple")
    assert case.steps.count() == 1


def test_a_unit_that_helps_notes_progress_that_only_those_who_handle_it_read(logged_in):
    secretary, colleague = cast.secretary(), cast.secretary()
    case, helper = mediating(secretary), cast.person_with(("department", cast.DISTRICT))
    step(case, "invite", secretary, unit=a_unit(helper), words="请司法所一起来")
    done = step(case, "progress", helper, words="已约房东周三来所里谈")
    assert (done.who, case.state) == ("helper", "mediating") and "房东" not in done.words
    page = reverse("cases:show", args=[case.number])
    read = {user: "已约房东" in logged_in(user).get(page).content.decode() for user in (secretary, colleague)}
    assert read == {secretary: True, colleague: False}
    with pytest.raises(Refused):
        step(case, "fail", helper, words="谈不拢")
    with pytest.raises(Refused):
        step(case, "progress", colleague, words="听说快好了")
    step(case, "withdraw", secretary, words="双方撤回")
    with pytest.raises(Refused):
        step(case, "progress", helper, words="晚了")
