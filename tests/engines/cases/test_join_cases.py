"""One matter told twice becomes one number; one number that is two becomes two."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests import cast
from tests.engines.cases.case_cast import a_matter, opened, step
from wangge.engines.cases.actions import NotNow, Reporter, Wish, merge_case, split_case
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Follower
from wangge.foundation.access.rules import Refused, Unacceptable

pytestmark = pytest.mark.django_db


def merged(case, into, actor="test", **more):
    wish = Wish("merge", more.pop("op", uuid4()), other=into, **more)
    done = merge_case(actor=actor, case=case, wish=wish)
    case.refresh_from_db()
    into.refresh_from_db()
    return done


def test_whoever_follows_one_follows_the_other_from_now_on():
    first = opened("web", reporter=Reporter("江小萍", "10000012345"), followed=True)
    second, op = opened("web", reporter=Reporter("单雄", "10000012346"), followed=True), uuid4()
    done = merged(second, first, op=op)
    assert merged(second, first, op=op) == done
    assert second.merged_into == first and second.closed_at and second.next_at is None
    assert Follower.objects.filter(case=first).count() == 2
    assert first.steps.last().data == {"other": second.number} and recount() == {}
    with pytest.raises(NotNow, match=first.number):
        step(second, "file", level="third")


def test_only_into_another_open_one_of_the_same_kind_of_thing_in_ones_hands():
    case, other = opened(), opened(area=cast.OTHER_GRID)
    with pytest.raises(Refused):
        merged(case, other, cast.secretary())
    with pytest.raises(Unacceptable):
        merged(case, case)
    step(other, "refuse", words="不属于")
    with pytest.raises(Unacceptable, match="办结"):
        merged(case, other)
    with pytest.raises(Unacceptable, match="并入"):
        step(case, "merge", other=other)


def test_a_part_gets_a_number_of_its_own():
    case, matter = opened(), a_matter(title="还有一处噪声", kind="noise")
    part = split_case(actor=cast.secretary(), case=case, matter=matter)
    assert split_case(actor="test", case=case, matter=matter) == part
    assert part.split_from == case and part.procedure_key == "request"
    assert case.steps.filter(key="split").count() == 1
    with pytest.raises(Refused):
        split_case(actor=cast.worker(), case=case, matter=a_matter())
