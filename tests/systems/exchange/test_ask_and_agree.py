"""A community asks, somebody above agrees or declines, and it ends; never by oneself."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.exchange.share_cast import a_request, an_agreed, past
from wangge.foundation.access.enums import Role
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.exchange.actions.asking import decide, end
from wangge.systems.exchange.models import ShareRequest
from wangge.systems.exchange.sweeps import close_expired

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def agree(actor, share, agreed=True, reason=""):
    with within(EVERYWHERE):
        return decide(actor=actor, share=share, agreed=agreed, reason=reason)


def kinds() -> list[str]:
    return list(
        Entry._base_manager.filter(kind__startswith="exchange.").order_by("pk").values_list("kind", flat=True)
    )


def test_a_community_asks_and_its_street_agrees():
    share = a_request(actor=cast.secretary())
    assert (share.state, share.fields, share.asked_from) == (
        "asked",
        ["id_no", "name", "phone"],
        "440703002001",
    )
    officer = cast.officer()
    done = agree(officer, share)
    assert (done.state, done.decided_by) == ("approved", officer.username)
    assert kinds() == ["exchange.requested", "exchange.approved"]


def test_the_same_op_is_the_same_request():
    op = uuid4()
    assert a_request(op=op).pk == a_request(op=op).pk and ShareRequest._base_manager.count() == 1
    assert kinds() == ["exchange.requested"]


def test_nobody_agrees_to_her_own_request_however_high():
    district = cast.district_user()
    share = a_request(cast.DISTRICT, actor=district)
    with pytest.raises(Refused, match="自己的申请"):
        agree(district, share)
    assert agree(cast.district_user(), share).state == "approved"  # a second hand of the district


@pytest.mark.parametrize(
    "who", [cast.secretary, cast.worker, cast.leader, lambda: cast.officer(cast.OTHER_TOWN)]
)
def test_who_does_not_stand_above_the_asker_cannot_agree(who):
    with pytest.raises(Refused):
        agree(who(), a_request(actor=cast.secretary()))


def test_two_officers_of_a_street_do_not_agree_to_each_others_requests():
    """The area is a community's, but the asker's own is the street."""
    share = a_request(cast.COMMUNITY, actor=cast.officer())
    with pytest.raises(Refused, match="上一级"):
        agree(cast.officer(), share)
    assert agree(cast.district_user(), share).state == "approved"


def test_to_decline_needs_a_reason_and_ends_it():
    share, officer = a_request(), cast.officer()
    with pytest.raises(Unacceptable, match="理由"):
        agree(officer, share, agreed=False)
    done = agree(officer, share, agreed=False, reason="依据不足 10012345678")
    assert (done.state, done.reason) == ("declined", "依据不足 ***") and done.closed_at is not None
    assert kinds()[-1] == "exchange.declined"


def test_the_same_answer_twice_is_one_and_another_answer_is_refused():
    share, officer = a_request(), cast.officer()
    first = agree(officer, share)
    assert agree(officer, share).decided_at == first.decided_at and kinds().count("exchange.approved") == 1
    with pytest.raises(Unacceptable, match="已同意"):
        agree(officer, share, agreed=False, reason="改主意")


def test_what_is_past_its_day_is_not_agreed_to():
    with pytest.raises(Unacceptable, match="有效期"):
        agree(cast.officer(), past(a_request()))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"purpose": " 查 "}, "目的"),
        ({"basis": "  "}, "依据"),
        ({"office": ""}, "和谁"),
        ({"expires_on": TODAY() - timedelta(days=1)}, "最长一年"),
        ({"expires_on": TODAY() + timedelta(days=400)}, "最长一年"),
        ({"fields": ("name", "hukou_address")}, "不能共享"),
    ],
    ids=["purpose", "basis", "office", "yesterday", "too_long", "field"],
)
def test_a_request_without_what_it_needs_is_refused_in_words(more, said):
    with pytest.raises(Unacceptable, match=said):
        a_request(**more)
    assert not ShareRequest._base_manager.exists()


def test_a_request_for_another_area_is_refused():
    with pytest.raises(Refused):
        a_request(cast.OTHER_COMMUNITY, actor=cast.secretary())


def test_what_was_asked_is_withdrawn_and_what_was_agreed_to_is_ended_once():
    secretary = cast.secretary()
    with within(EVERYWHERE):
        assert end(actor=secretary, share=a_request(actor=secretary)).state == "withdrawn"
        share = an_agreed(actor=secretary)
        first = end(actor=secretary, share=share)
        assert first.state == "ended" and end(actor=secretary, share=share).closed_at == first.closed_at
    assert kinds().count("exchange.ended") == 2


def test_somebody_who_may_only_look_ends_nothing():
    with pytest.raises(Refused), within(EVERYWHERE):
        end(actor=cast.person_with((Role.DEPARTMENT, cast.TOWN)), share=an_agreed())


def test_the_sweep_closes_what_is_past_its_day_once():
    late, running = past(an_agreed()), an_agreed()
    assert close_expired() == 1 and close_expired() == 0
    late.refresh_from_db()
    running.refresh_from_db()
    assert (late.state, late.closed_by, running.state) == ("expired", "system", "approved")
    assert kinds()[-1] == "exchange.ended"
