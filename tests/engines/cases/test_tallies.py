"""Kept counts are the sum of the rows, whatever happened."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import handled, opened, step
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import MonthTally, Tally

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


def test_a_count_that_was_touched_is_found_and_mended():
    opened()
    Tally.objects.filter(measure="received").update(rows=7)
    (odd,) = recount().items()
    assert odd[0][:2] == ("day", timezone.localdate()) and odd[1] == (7, 1)
    recount(repair=True)
    assert recount() == {} and count("received") == 1


def test_months_are_the_sums_of_days_by_community():
    opened()
    opened(area=cast.OTHER_GRID)
    step(opened(), "refuse", words="不属于事件")
    first = timezone.localdate().replace(day=1)
    kept = MonthTally.objects.filter(measure="received").values_list("area_code", "month", "rows")
    assert sorted(kept) == [(cast.COMMUNITY, first, 2), (cast.OTHER_COMMUNITY, first, 1)]
    MonthTally.objects.filter(measure="received", area_code=cast.COMMUNITY).delete()
    (odd,) = recount(repair=True).items()
    assert odd[0][:3] == ("month", first, cast.COMMUNITY) and odd[1] == (0, 2)
    assert recount() == {}
