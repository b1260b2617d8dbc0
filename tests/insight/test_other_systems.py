"""Indicators other systems keep or offer stand on the board, their rows a click away."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import handled, opened
from tests.insight.insight_cast import made, settled
from tests.systems.fieldwork.visit_cast import a_room, cared, lives
from tests.systems.hazards.hazard_cast import a_hazard
from wangge.engines.cases.models import Case
from wangge.insight.indicators.board import board_of
from wangge.insight.indicators.groups import groups
from wangge.insight.indicators.opened import number_of
from wangge.insight.queries.asked import Asked
from wangge.lib import figures
from wangge.lib.figures import Indicator, Period
from wangge.systems.fieldwork.actions.care import pair
from wangge.systems.fieldwork.queries.care import pairing_rate
from wangge.systems.hazards.indicators import INDICATORS as HAZARDS

pytestmark = pytest.mark.django_db


def tried(period: Period):
    return Case.objects.filter(period.during("raised_at"), system="tried")


def tried_closed(period: Period):
    return tried(period).exclude(closed_at=None)


@pytest.fixture
def offering(monkeypatch):
    """A system offers figures: one over cases, one over rows of its own without a page."""
    own = Indicator("done", "试办率", (tried_closed,), (tried,), "办结的 ÷ 登记的。")
    monkeypatch.setattr(figures, "offered", lambda: [figures.Offer("tried", "试用", (own,))])


def test_an_offered_figure_has_a_tab_and_opens_its_cases(offering, logged_in):
    case = opened(title="试一试")
    client = logged_in(cast.secretary())
    page = unescape(client.get(reverse("insight:board"), {"group": "tried"}).content.decode())
    assert "试办率" in page and "0.00%" in page and ">试用</a>" in page
    link = re.search(r'href="([^"]+tried-done/whole[^"]+)">1<', page)
    assert link
    rows = client.get(link[1]).content.decode()
    assert "试办率 · 分母 · 1" in rows and case.number in rows


def test_what_is_offered_twice_stands_once(monkeypatch):
    offers = [figures.Offer("hazards", "隐患", HAZARDS), figures.Offer("fieldwork", "走访", HAZARDS)]
    monkeypatch.setattr(figures, "offered", lambda: offers)
    assert [group.key for group in groups()].count("hazards") == 1
    assert "fieldwork" not in {group.key for group in groups()}


def test_every_system_with_figures_has_a_tab(logged_in):
    client = logged_in(cast.leader())
    keys = {group.key for group in groups()}
    assert keys >= {"matters", "requests", "hazards", "field", "whistles", "disputes", "declarations"}
    for key in keys:
        assert client.get(reverse("insight:board"), {"group": key, "span": "year"}).status_code == 200


def test_hazards_of_an_area_alone_open_just_those(logged_in):
    here = a_hazard(area=cast.COMMUNITY, title="社区的")
    a_hazard(title="网格的")
    client = logged_in(cast.secretary())
    asked = {"group": "hazards", "area": cast.COMMUNITY}
    page = unescape(client.get(reverse("insight:board"), asked).content.decode())
    link = re.search(r'href="([^"]+hazards-fixed/whole[^"]+only=1)"', page)
    assert link
    rows = client.get(link[1]).content.decode()
    assert here.title in rows and "网格的" not in rows


def test_rows_of_hazards_are_as_many_as_their_number():
    a_hazard()
    handled(opened())
    today = Period(timezone.localdate(), timezone.localdate())
    for column in board_of("", today, "hazards").columns:
        for side, told in (("part", column.total.part), ("whole", column.total.whole)):
            number = number_of(column.code, side)
            assert (
                number
                and number.rows(Asked(today)).count() == told
                and number.told(Asked(today)) == f"{told}"
            )


def test_pairing_is_of_today_and_says_the_same_as_its_own_page(logged_in):
    row = cared(lives(a_room()))
    cared(lives(a_room("102")))
    pair(actor="cli", care=row, worker=cast.worker())
    client = logged_in(cast.secretary())
    page = unescape(client.get(reverse("insight:board"), {"group": "field"}).content.decode())
    assert "一对一配对率" in page and "50.00%" in page and str(pairing_rate()) == "50.00%"
    assert reverse("visits:pairing") in page
    leader = logged_in(cast.leader()).get(reverse("insight:board"), {"group": "field"}).content.decode()
    assert "50.00%" in leader and reverse("visits:pairing") not in leader


def test_a_tab_of_one_system_has_its_months_each_saying_what_the_board_of_it_says():
    today = timezone.localdate()
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    for day, many in ((today, 2), (before, 3)):
        made(many, day, system="hazards", kind="gas", level="general", state="found", closed_at=None)
    settled()
    board = board_of("", Period(today, today), "hazards")
    fixed = board.columns[0]
    assert len(fixed.months) == 12 and [int(figure.whole) for _month, figure in fixed.months[-2:]] == [3, 2]
    alone = board_of("", Period(before.replace(day=1), before), "hazards").columns[0]
    assert alone.total == fixed.months[-2][1]


def test_what_is_of_today_has_no_months():
    pairing = board_of("", Period(timezone.localdate(), timezone.localdate()), "field").columns[-1]
    assert pairing.code == "field-pairing" and pairing.months == []
