"""Figures of hazards, whistles and disputes over kept counts are those of their own pages, from rows."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.insight.insight_cast import made, settled
from wangge.engines.cases.models import Case
from wangge.insight.indicators.board import board_of
from wangge.insight.indicators.sides import Rate
from wangge.lib.counting import shares_by_area, shares_by_month
from wangge.lib.figures import Indicator, Period
from wangge.systems.disputes.enums import SYSTEM as DISPUTE
from wangge.systems.disputes.indicators import BY_CODE as DISPUTES
from wangge.systems.hazards.enums import SYSTEM as HAZARD
from wangge.systems.hazards.indicators import BY_CODE as HAZARDS
from wangge.systems.whistles.enums import SYSTEM as WHISTLE
from wangge.systems.whistles.indicators import BY_CODE as WHISTLES

pytestmark = pytest.mark.django_db
STATES = {
    HAZARD: ("found", "closed", "void", "merged"), DISPUTE: ("opened", "settled", "refused", "withdrawn"),
    WHISTLE: ("blown", "closed", "declined", "withdrawn"), "tried": ("filed", "closed", "void", "merged"),
}  # fmt: skip
OWN = {"hazards": HAZARDS, "whistles": WHISTLES, "disputes": DISPUTES}


def columns_of(dice: Random, system: str) -> dict[str, Any]:
    state, due = dice.choice(STATES[system]), timezone.now() + timedelta(days=dice.randrange(-60, 9))
    ended = due - timedelta(days=dice.randrange(-3, 4))
    at_once, over = dice.random() < 0.3, state in ("closed", "settled")
    return {
        "system": system, "kind": dice.choice(("gas", "noise")), "state": state,
        "area_code": dice.choice((cast.GRID, cast.OTHER_GRID, cast.COMMUNITY)),
        "level": dice.choice(("major", "general")), "close_due": due, "handle_due": due,
        "filed": False if state == "refused" else None,
        "handled_at": ended if at_once or dice.random() < 0.6 else None,
        "closed_at": ended if at_once else ended + timedelta(hours=1) if over else None,
    }  # fmt: skip


@pytest.fixture(params=[3, 30])
def many(request: pytest.FixtureRequest) -> None:
    dice, today = Random(request.param), timezone.localdate()
    first = made(1, today, system="tried")[0]
    for system in STATES:
        for _number in range(60):
            case = made(1, today - timedelta(days=dice.randrange(70)), **columns_of(dice, system))[0]
            if case.state == "merged":
                Case._base_manager.filter(pk=case.pk).update(merged_into=first)
    settled()


def own(column: Any, group: str) -> Indicator:
    return OWN[group][column.code.removeprefix(f"{group}-")]


@pytest.mark.parametrize("group", list(OWN))
def test_the_board_says_what_the_rows_say(many, group):
    today = timezone.localdate()
    for days in (0, 20, 70):
        period = Period(today - timedelta(days=days), today)
        for area in ("", cast.DISTRICT, cast.COMMUNITY, cast.GRID):
            columns = [each for each in board_of(area, period, group).columns if isinstance(each.of, Rate)]
            assert columns
            rows = shares_by_area([own(each, group) for each in columns], period, area, 15)
            for column, told in zip(columns, rows, strict=True):
                assert (column.total.part, column.total.whole) == (told[""].part, told[""].whole), column.code


@pytest.mark.parametrize("group", list(OWN))
def test_and_so_does_every_month(many, group):
    today = timezone.localdate()
    board = board_of("", Period(today, today), group)
    columns = [each for each in board.columns if isinstance(each.of, Rate)]
    rows = shares_by_month([own(each, group) for each in columns], board.asked.year.period, "")
    for column, told in zip(columns, rows, strict=True):
        assert any(figure.whole for _month, figure in column.months)
        for month, figure in column.months:
            assert (figure.part, figure.whole) == (told[month].part, told[month].whole), (column.code, month)


def test_what_lies_on_the_area_itself_has_a_line_only_where_the_system_has_something_there():
    today = timezone.localdate()
    made(2, today, system="tried", area_code=cast.COMMUNITY)
    made(2, today, system=HAZARD, kind="gas", state="found", area_code=cast.GRID)
    settled()
    hazards, matters = (board_of(cast.COMMUNITY, Period(today, today), key) for key in ("hazards", "matters"))
    assert [line.area.only for line in matters.lines].count(True) == 1
    assert not any(line.area.only for line in hazards.lines)
    assert int(hazards.columns[0].total.whole) == 2
