"""调解成功率, 协议履行率, 按期调解率: rows ÷ rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.disputes.dispute_cast import followed, mediating, signed, step
from wangge.engines.cases.models import Case
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period, Share
from wangge.systems.disputes.indicators import BY_CODE

pytestmark = pytest.mark.django_db


def share(code):
    today = timezone.localdate()
    return shares_by_area([BY_CODE[code]], Period(today - timedelta(days=1), today), "", 12)[0][""]


def test_agreed_of_those_that_ended_and_kept_of_those_agreed():
    secretary = cast.secretary()
    kept, broken, failed, _open = (mediating(secretary) for _each in range(4))
    signed(kept, secretary)
    followed(kept, secretary, "close", True)
    signed(broken, secretary)
    followed(broken, secretary, "broken", False)
    step(failed, "fail", secretary, words="谈不拢")
    assert (share("agreed"), share("kept")) == (Share(2, 3), Share(1, 2))


def test_in_time_of_those_due():
    secretary = cast.secretary()
    now = timezone.now()
    for handled in (now - timedelta(hours=2), now, None):
        case = mediating(secretary)
        Case.objects.filter(pk=case.pk).update(handle_due=now - timedelta(hours=1), handled_at=handled)
    assert share("in_time") == Share(1, 3)


def test_nothing_to_divide_by_is_a_dash():
    assert str(share("agreed")) == "—"
