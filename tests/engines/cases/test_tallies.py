"""Kept counts are the sum of the rows, whatever happened."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import handled, opened, step
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import MonthTally, Tally, TownTally

pytestmark = pytest.mark.django_db
AFTER = (("a" * 64, "after"),)


def count(measure: str) -> int:
    return sum(Tally.objects.filter(measure=measure).values_list("rows", flat=True))


def test_the_counts_follow_every_step():
    closed = handled(opened())
    step(closed, "rework", words="还有", photos=AFTER)
    step(closed, "answer", words="清了", photos=AFTER)
    step(closed, "verify", photos=AFTER)
    step(closed, "close")
    refused = opened(source="resident")
    step(refused, "refuse", words="不属于事件")
    moved = opened()
    step(moved, "move", area=cast.OTHER_GRID, words="在隔壁")
    assert recount() == {}
    assert (count("received"), count("own"), count("filed"), count("not_filed")) == (3, 2, 1, 1)
    assert (count("closed"), count("in_time"), count("verified"), count("reworked")) == (1, 1, 2, 1)
    assert set(
        Tally.objects.filter(area_code=cast.OTHER_GRID, rows__gt=0).values_list("measure", flat=True)
    ) >= {"received"}


def test_counts_of_months_are_those_of_their_days_by_community_and_by_town():
    for area in (cast.GRID, cast.GRID, cast.COMMUNITY, cast.OTHER_GRID):
        opened(area=area)
    rows = MonthTally.objects.filter(measure="received").order_by("area_code")
    month = timezone.localdate().replace(day=1)
    assert list(rows.values_list("area_code", "digits", "month", "rows")) == [
        (cast.TOWN[:9], 9, month, 3), (cast.COMMUNITY, 12, month, 3),
        (cast.OTHER_TOWN[:9], 9, month, 1), (cast.OTHER_COMMUNITY, 12, month, 1),
    ]  # fmt: skip
    rows.filter(area_code=cast.TOWN[:9]).update(rows=8)
    (odd,) = recount().items()
    assert odd[0][:3] == ("month", month, cast.TOWN[:9]) and odd[1] == (8, 3)
    rows.filter(area_code=cast.COMMUNITY).delete()
    assert len(recount(repair=True)) == 2
    towns = TownTally.objects.filter(measure="received").order_by("area_code")
    today = timezone.localdate()
    assert list(towns.values_list("area_code", "day", "rows")) == [
        (cast.TOWN[:9], today, 3), (cast.OTHER_TOWN[:9], today, 1),
    ]  # fmt: skip
    towns.update(rows=0)
    assert [key[0] for key in recount(repair=True)] == ["town", "town"]
    assert recount() == {}


def test_what_is_void_or_merged_was_never_due_and_is_not_valid():
    kept, gone = opened(), opened()
    for case in (kept, gone):
        step(case, "file", level="third")
    step(gone, "void", words="误报")
    assert (count("received"), count("valid"), count("valid_filed"), count("due")) == (2, 1, 1, 1)
    assert recount() == {}


def test_verifying_has_a_clock_of_its_own():
    case = handled(opened())
    assert case.verify_due is not None and case.verified_at is None
    step(case, "rework", words="还有", photos=AFTER)
    step(case, "answer", words="清了", photos=AFTER)
    assert (count("verify_due"), count("verified_in_time")) == (1, 0)
    step(case, "verify", photos=AFTER)
    assert (count("verify_due"), count("verified_in_time")) == (1, 1) and case.verified_at


def test_a_count_that_was_touched_is_found_and_mended():
    opened()
    Tally.objects.filter(measure="received").update(rows=7)
    (odd,) = recount().items()
    assert odd[0][:2] == ("day", timezone.localdate()) and odd[1] == (7, 1)
    recount(repair=True)
    assert recount() == {} and count("received") == 1
