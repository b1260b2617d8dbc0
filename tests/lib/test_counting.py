"""Figures counted together say what each says alone, by area and by month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.insight.insight_cast import made, noon
from wangge.engines.cases.models import Case
from wangge.lib.counting import months_of, shares_at, shares_by_area, shares_by_month
from wangge.lib.figures import Counted, Indicator, Period, Share
from wangge.lib.scoping import EVERYWHERE, Reach, within

pytestmark = pytest.mark.django_db
SPRING = Period(date(2026, 1, 20), date(2026, 3, 10))


def tried():
    return Case.objects.filter(system="tried")


found = Counted(tried, "raised_at")
closed = found.but(~Q(closed_at=None))
due = Counted(tried, "close_due", by_now=True)


def closed_then(period):
    """The same rows as ``closed``, said as a function: counted month by month."""
    return closed(period)


OF_ONE_TABLE = Indicator("closed", "办结率", (closed,), (found,), "")
OF_ROWS = Indicator("then", "办结率", (closed_then,), (found,), "")
TODAYS = Indicator("now", "今天的", (closed,), (found,), "", monthly=False)


@pytest.fixture(autouse=True)
def cases(ground):
    with within(EVERYWHERE):
        made(3, date(2026, 1, 20), closed_at=noon(date(2026, 2, 1)))
        made(1, date(2026, 1, 31), closed_at=None, state="sent")
        made(2, date(2026, 3, 10), closed_at=None, state="sent", area_code=cast.OTHER_GRID)
        made(5, date(2026, 3, 11))  # the day after
        yield


def test_areas_and_their_sum():
    (by_area,) = shares_by_area([OF_ONE_TABLE], SPRING, "", 15)
    assert by_area == {cast.GRID: Share(3, 4), cast.OTHER_GRID: Share(0, 2), "": Share(3, 6)}


def test_every_month_even_an_empty_one_and_the_ends_only_as_far_as_they_belong():
    months = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    told = [Share(3, 4), Share(0, 0), Share(0, 2)]
    expected = dict(zip(months, told, strict=True))
    assert shares_by_month([OF_ONE_TABLE, OF_ROWS, TODAYS], SPRING, "") == [expected, expected, {}]
    assert [month.since for month in months_of(SPRING)] == [date(2026, 1, 20), *months[1:]]


def test_areas_that_lie_inside_each_other_each_have_their_own():
    told = shares_at([OF_ONE_TABLE], SPRING, [cast.DISTRICT, cast.COMMUNITY, cast.OTHER_GRID])
    assert {area: shares[0].whole for area, shares in told.items()} == {
        cast.DISTRICT: 6, cast.COMMUNITY: 4, cast.OTHER_GRID: 2,
    }  # fmt: skip


def test_what_comes_later_than_now_does_not_count_yet():
    now, today = timezone.now(), timezone.localdate()
    for hours in (-1, 1):
        made(1, today, close_due=now + timedelta(hours=hours))
    around = Period(today - timedelta(days=1), today + timedelta(days=1))
    assert due(around).count() == 1


def test_nothing_outside_the_reach_is_counted():
    with within(Reach((cast.OTHER_TOWN[:9],))):
        assert shares_by_area([OF_ONE_TABLE], SPRING, "", 15)[0][""] == Share(0, 2)


def test_one_query_for_all_that_is_asked_of_a_table():
    with CaptureQueriesContext(connection) as asked:
        shares_by_area([OF_ONE_TABLE, TODAYS], SPRING, "", 15)
    assert len(asked) == 1
