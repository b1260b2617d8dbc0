"""Who whistled judges every unit; only then the whistle is closed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests import cast
from tests.systems.whistles.whistle_cast import (
    a_unit,
    approved,
    call_of,
    done,
    member,
    reported,
    scored,
    step,
)
from wangge.engines.cases.actions import NotNow, Stale
from wangge.engines.cases.models import UnitMember
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.whistles.models import Score

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return a_unit("城管"), a_unit("环保")


@pytest.fixture
def row(pair):
    return done(approved(*pair), *pair)


def test_three_numbers_of_a_unit_by_whom_it_came_to(row, pair):
    secretary = cast.secretary()
    kept = scored(row, pair[1], 5, 4, 2, actor=secretary, words="来得快")
    assert (kept.response, kept.attitude, kept.result, kept.words) == (5, 4, 2, "来得快")
    assert kept.call == call_of(row, pair[1]) and kept.name == "苏记书"
    words = row.case.steps.get(key="score").words
    assert words == "环保：响应 5、态度 4、结果 2。来得快"
    assert "来得快" not in str(Entry.objects.get(kind="whistle.scored").data)
    assert list(row.case.helpers.all()) == [pair[1]]  # judging calls nobody


def test_the_street_may_judge_too(row, pair):
    assert scored(row, pair[0], actor=cast.officer()).standing


def test_every_unit_once(row, pair):
    op = uuid4()
    first = scored(row, pair[0], 5, 5, 5, op=op)
    assert scored(row, pair[0], 5, 5, 5, op=op) == first
    with pytest.raises(Unacceptable, match="内容不同"):
        scored(row, pair[0], 1, 5, 5, op=op)
    with pytest.raises(Stale, match="已经评过"):
        scored(row, pair[0], 1, 1, 1)
    assert Score._base_manager.count() == 1


def test_a_unit_does_not_judge_itself(row, pair):
    both = cast.secretary()
    UnitMember.objects.create(unit=pair[0], user=both, since="2026-01-01")
    with pytest.raises(Refused, match="成员"):
        scored(row, pair[0], actor=both)
    assert scored(row, pair[1], actor=both).standing


def test_nor_does_a_department(row, pair):
    user = member()
    UnitMember.objects.create(unit=pair[0], user=user, since="2026-01-01")
    for unit in pair:
        with pytest.raises(Refused):
            scored(row, unit, actor=user)


@pytest.mark.parametrize("numbers", [(0, 3, 3), (3, 6, 3), (3, 3, -1)], ids=["nought", "six", "minus"])
def test_only_from_one_to_five(row, pair, numbers):
    with pytest.raises(Unacceptable, match="1 到 5"):
        scored(row, pair[0], *numbers)


def test_not_before_it_is_done(pair):
    with pytest.raises(NotNow):
        scored(approved(*pair), pair[0])


def test_it_is_closed_when_all_are_judged_and_says_who_is_missing(row, pair):
    scored(row, pair[0])
    with pytest.raises(NotNow, match="还没评价：环保"):
        step(row, "close", cast.secretary())
    scored(row, pair[1])
    step(row, "close", cast.secretary())
    assert row.case.closed_at is not None


def test_what_was_sent_back_needs_no_judgment(pair):
    row = approved(*pair)
    reported(row, pair[1], "object", words="无关")
    done(row, pair[0])
    scored(row, pair[0])
    with pytest.raises(Unacceptable, match="不用评价"):
        scored(row, pair[1])
    step(row, "close", cast.secretary())
    assert row.case.state == "closed"


def test_done_again_is_judged_again(row, pair):
    first = scored(row, pair[0], 1, 1, 1)
    step(row, "again", cast.secretary(), words="又冒烟了")
    step(row, "done", words="再整改", photos=(("c" * 64, "after"),))
    second = scored(row, pair[0], 4, 4, 4)
    first.refresh_from_db()
    assert (first.standing, second.standing) == (False, True)
