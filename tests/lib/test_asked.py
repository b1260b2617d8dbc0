"""What an address asks: nonsense is left out, an area outside the reach does not exist."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from wangge.lib.asked import area_of, day_of, digits_below, month_of, period_of, this_month
from wangge.lib.scoping import Reach, within


def asked(**told: str):
    return RequestFactory().get("/", told)


@pytest.mark.parametrize("text", ["", "x", "2026-13-01", "1899-12-31", "2200-01-01", "٢٠٢٦-01-01"])
def test_what_is_no_day_is_none(text):
    assert day_of(text) is None


def test_a_period_is_in_order_and_a_year_at_most():
    today = timezone.localdate()
    assert period_of(asked()).since == today.replace(day=1) and period_of(asked()).until == today
    assert period_of(asked(), of_year=True).since == today.replace(month=1, day=1)
    turned = period_of(asked(since="2026-05-09", until="2026-05-01"))
    assert (turned.since, turned.until) == (date(2026, 5, 1), date(2026, 5, 1))
    long = period_of(asked(since="2015-01-01", until="2026-05-01"))
    assert (long.until - long.since).days == 365


def test_a_month_is_whole():
    found = month_of("2026-02")
    assert found and (found.since, found.until) == (date(2026, 2, 1), date(2026, 2, 28))
    assert month_of("2026-2x") is None and this_month().since.day == 1


def test_an_area_outside_the_reach_does_not_exist():
    with within(Reach(("440703001",))):
        assert area_of(asked(area="440703001002")) == "440703001002" and area_of(asked()) == ""
        assert (digits_below(""), digits_below("440703001002")) == (12, 15)
        for area in ("440703002001", "44070300100²", "x"):
            with pytest.raises(Http404):
                area_of(asked(area=area))
