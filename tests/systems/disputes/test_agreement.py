"""The agreement: drafted, signed, never changed, added to by supplements."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.disputes.dispute_cast import PHOTO, a_dispute, drafted, mediating, signed
from wangge.engines.cases.actions import NotNow, Stale
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.systems.disputes.actions.agreements import Signed, TermTold, digest_of, sign_agreement
from wangge.systems.disputes.models import Agreement, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return cast.secretary()


@pytest.fixture
def case(secretary):
    return mediating(secretary)


def sign(row, actor, **more):
    given = {"op": uuid4(), "signed_on": timezone.localdate(), "photos": (PHOTO,)}
    return sign_agreement(actor=actor, agreement=row, told=Signed(**(given | more)))


def test_a_draft_is_changed_and_each_who_saves_sees_the_last(case, secretary):
    first = drafted(case, secretary)
    again = drafted(case, secretary, version=1, facts="楼上水管漏水。")
    assert (again.pk, again.version, Term.objects.count()) == (first.pk, 2, 2)
    with pytest.raises(Stale, match="改过"):
        drafted(case, secretary, version=1)
    op = uuid4()
    assert drafted(case, secretary, version=2, op=op).version == 3
    assert drafted(case, secretary, version=2, op=op).version == 3


def test_signed_it_is_the_step_and_its_text_is_proved(case, secretary):
    row = signed(case, secretary)
    step = case.steps.get(key="agree")
    assert (case.state, step.words, step.photos[0]["digest"]) == ("agreed", "", PHOTO)
    assert step.data["text"] == row.digest == digest_of(row)
    assert "1200.00" not in repr(list(case.steps.values()))
    assert "天花板" not in repr([*Agreement.objects.values(), *Term.objects.values()])


def test_signing_again_with_the_same_op_is_the_same_and_with_another_is_refused(case, secretary):
    row, op = drafted(case, secretary), uuid4()
    assert sign(row, secretary, op=op) == sign(row, secretary, op=op)
    assert case.steps.filter(key="agree").count() == 1
    with pytest.raises(Unacceptable, match="补充协议"):
        sign(row, secretary)


def test_once_signed_what_comes_later_is_a_supplement(case, secretary):
    main = signed(case, secretary)
    text = digest_of(main)
    with pytest.raises(Stale):
        drafted(case, secretary, version=1)
    extra = drafted(case, secretary, facts="约定推迟付款。")
    assert extra.supplement_to == main and extra.pk != main.pk
    sign(extra, secretary)
    case.refresh_from_db()
    assert case.state == "agreed" and case.steps.filter(key="supplement").count() == 1
    main.refresh_from_db()
    assert digest_of(main) == text == main.digest


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"facts": " "}, "纠纷事实"),
        ({"terms": []}, "至少写一条"),
        ({"terms": [TermTold(" ", timezone.localdate())]}, "第 1 条没有写"),
        ({"terms": [TermTold("付款", timezone.localdate(), 9)]}, "不是当事人"),
        ({"terms": [TermTold("付款", timezone.localdate(), 1, Decimal(-1))]}, "金额"),
        ({"terms": [TermTold("付款", date.max)]}, "年份"),
        ({"terms": [TermTold("付款", date(2000, 1, 1))]}, "年份"),
        ({"terms": [TermTold("付款", timezone.localdate())] * 21}, "最多"),
    ],
    ids=["facts", "none", "words", "stranger", "money", "far", "long-ago", "many"],
)
def test_a_draft_that_says_too_little_is_refused(case, secretary, more, why):
    with pytest.raises(Unacceptable, match=why):
        drafted(case, secretary, **more)
    assert not Agreement.objects.exists()


def test_without_a_photo_or_before_its_day_it_is_not_signed(case, secretary):
    row = drafted(case, secretary)
    with pytest.raises(Unacceptable, match="拍下"):
        sign(row, secretary, photos=())
    with pytest.raises(Unacceptable, match="还没有到"):
        sign(row, secretary, signed_on=timezone.localdate() + timedelta(days=1))
    row.refresh_from_db()
    assert row.signed_on is None and case.state == "mediating"


def test_only_who_leads_it_drafts_and_only_while_it_is_mediated(case, secretary):
    for user in (cast.worker(), cast.secretary(), cast.officer()):
        with pytest.raises(Refused):
            drafted(case, user)
    with pytest.raises(NotNow):
        drafted(a_dispute(secretary), secretary)
