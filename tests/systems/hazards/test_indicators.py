"""Figures of hazards (spec 4.2), with the test vector of Panyu: 39 of 72 put right on the spot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import AFTER, a_hazard, closed, step
from wangge.engines.cases.models import Case
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period
from wangge.systems.hazards.indicators import BY_CODE

pytestmark = pytest.mark.django_db


def today():
    return Period(timezone.localdate(), timezone.localdate())


def share(code, period=None):
    return shares_by_area([BY_CODE[code]], period or today(), cast.DISTRICT, 9)[0][""]


def test_panyu_39_of_72_put_right_on_the_spot_are_54_17_per_cent():
    for number in range(72):
        a_hazard(fixed=number < 39, photos=(AFTER,) if number < 39 else ())
    assert str(share("on_site")) == "54.17%" and str(share("fixed")) == "54.17%"
    by_town = shares_by_area([BY_CODE["on_site"]], today(), cast.DISTRICT, 9)[0]
    assert (by_town[cast.TOWN[:9]].part, by_town[cast.TOWN[:9]].whole) == (39, 72)


def test_without_hazards_there_is_no_figure():
    assert [str(share(code)) for code in BY_CODE] == ["—"] * 4


def test_what_was_no_hazard_does_not_count():
    step(a_hazard(), "void", words="误报")
    closed(a_hazard())
    assert (share("fixed").part, share("fixed").whole) == (1, 1)


def test_closed_in_time_counts_those_due_by_now_only():
    closed(a_hazard())
    a_hazard()
    a_hazard()
    late = closed(a_hazard())
    now = timezone.now()
    first, second, third, fourth = Case.objects.order_by("pk")
    for row, due in ((first, now), (second, now), (third, now + timedelta(days=1)), (fourth, now)):
        Case.objects.filter(pk=row.pk).update(close_due=due)
    Case.objects.filter(pk=late.pk).update(closed_at=now + timedelta(minutes=1))
    period = Period(timezone.localdate(), timezone.localdate() + timedelta(days=5))
    assert (share("in_time", period).part, share("in_time", period).whole) == (1, 3)


def test_major_hazards_brought_to_nought():
    a_hazard(level="major")
    a_hazard(cast.officer(), level="major", fixed=True, photos=(AFTER,))
    a_hazard()
    assert str(share("major")) == "50.00%"


def test_every_number_opens_its_rows(logged_in):
    case = a_hazard(title="楼道堆物甲", fixed=True, photos=(AFTER,))
    a_hazard(title="飞线乙")
    client = logged_in(cast.secretary())
    page = client.get(reverse("hazards:rates")).content.decode()
    assert "50.00%" in page
    rows = client.get(reverse("hazards:rates_rows", args=["on_site", "part"])).content.decode()
    assert case.number in rows and "飞线乙" not in rows
    assert client.get(reverse("hazards:rates_rows", args=["on_site", "other"])).status_code == 404
    assert client.get(reverse("hazards:rates_file")).status_code == 200


def test_a_leader_sees_figures_and_opens_no_rows(logged_in):
    a_hazard()
    client = logged_in(cast.leader())
    assert client.get(reverse("hazards:rates")).status_code == 200
    assert client.get(reverse("hazards:rates_rows", args=["fixed", "whole"])).status_code == 403
