"""A matter gets its number once, and a clock from that moment."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests import cast
from tests.engines.cases.case_cast import a_matter, opened
from wangge.engines.cases.actions import Reporter, open_case
from wangge.engines.cases.models import Case, Follower
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.serials import is_case_number

pytestmark = pytest.mark.django_db


def test_a_matter_gets_a_number_a_state_and_a_running_clock():
    case = opened()
    assert is_case_number(case.number) and case.state == "waiting" and case.level == "third"
    assert (
        case.accept_due - case.raised_at.replace(microsecond=0) == timedelta(hours=2)
        and case.due_at == case.accept_due
    )
    assert case.raised_at < case.next_at < case.due_at
    assert [(s.number, s.key, s.came_to) for s in case.steps.all()] == [(1, "open", "waiting")]
    assert case.head == case.steps.get().hash and Entry.objects.filter(kind="case.opened").count() == 1


def test_the_same_op_is_the_same_case_and_other_content_is_refused():
    op = uuid4()
    first, again = opened(op=op), opened(op=op)
    assert first.pk == again.pk and Case.objects.count() == 1
    with pytest.raises(Unacceptable, match=first.number):
        opened(op=op, words="说的是别的")


def test_only_where_one_may():
    worker = cast.worker()
    assert opened(worker).launcher == worker
    with pytest.raises(Refused), within(EVERYWHERE):
        open_case(actor=worker, matter=a_matter(area=cast.OTHER_GRID))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"area": "440703999999"}, "区域"),
        ({"kind": "weather"}, "类别"),
        ({"title": " "}, "一句话"),
        ({"level": "x"}, "等级"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nothing_is_kept(wrong, said):
    with pytest.raises(Unacceptable, match=said):
        opened(**wrong)
    assert not Case.objects.exists()


def test_a_grid_that_was_divided_meanwhile_hands_it_to_its_heir_or_the_community():
    from datetime import date

    Area.objects.filter(code=cast.GRID).update(valid_to=date(2026, 1, 1))
    assert opened().area_code == cast.COMMUNITY


def test_whoever_told_it_is_sealed_and_follows_it():
    case = opened("web", reporter=Reporter("江小萍", "10000012345"), followed=True)
    assert "10000012345" not in case.reporter_sealed and len(case.receipt) == 11
    follower = Follower.objects.get(case=case)
    assert follower.receipt == case.receipt and follower.contact_sealed == case.reporter_sealed
    assert "10000012345" not in str(Entry.objects.values())
