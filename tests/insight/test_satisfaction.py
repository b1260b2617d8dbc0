"""What those say who asked: 诉求响应率, 解决率, 满意率, 满意度, and how many said anything."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from tests import cast
from tests.insight.insight_cast import made, noon, settled
from wangge.foundation.territory.models import Setting
from wangge.insight.indicators.board import Board, board_of
from wangge.lib.figures import Period

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def told(board: Board) -> dict[str, str]:
    return {column.code: str(column.total) for column in board.columns}


def ruled(value: object) -> None:
    Setting.objects.create(key="insight.rather_content", value=value, valid_from=date(2020, 1, 1), note="")


@pytest.fixture
def asked():
    """Ten requests: eight closed, six of them rated (3 content, 2 rather, 1 not), four called solved."""
    request = {"system": "request", "procedure_key": "request"}
    in_time, late = {"handled_at": noon(DAY, 2)}, {"handled_at": noon(DAY, 90)}
    due = {"handle_due": noon(DAY, 48), "closed_at": noon(DAY, 100)}
    made(3, DAY, **request, **due, **in_time, rating=3, solved=True)
    made(2, DAY, **request, **due, **in_time, rating=2, solved=False)
    made(1, DAY, **request, **due, **late, rating=1, solved=True)
    made(2, DAY, **request, **due, **late)
    made(2, DAY, **request, handle_due=noon(DAY, 48), state="handling")
    made(5, DAY, closed_at=noon(DAY, 5))  # events: nobody asked for them, and nobody rated them
    settled()


def test_the_five_figures(asked):
    assert told(board_of("", MARCH, "requests")) == {
        "replying": "50.00%",  # 5 of 10 due
        "solving": "40.00%",
        "contented": "66.67%",  # (3 + 2 × ½) ÷ 6
        "score": "2.33",  # (9 + 4 + 1) ÷ 6
        "answering": "46.15%",  # 6 of 13 closed, whatever they were
    }


WEIGHED = [(0, "50.00%"), (1, "83.33%"), (0.6, "70.00%"), ("0.8", "76.67%")]
AS_HALF = [("half", "66.67%"), (7, "66.67%"), ("", "66.67%")]


@pytest.mark.parametrize(
    ("value", "figure"), [*WEIGHED, *AS_HALF],
    ids=["nought", "whole", "six-tenths", "text", "no-number", "too-much", "empty"],
)  # fmt: skip
def test_the_district_says_what_rather_content_counts(asked, value, figure):
    ruled(value)
    assert told(board_of("", MARCH, "requests"))["contented"] == figure


def test_an_answer_that_is_not_due_yet_does_not_count():
    today = timezone.localdate()
    made(1, today, system="request", handle_due=timezone.now() + timedelta(days=3), state="handling")
    settled()
    board = board_of(cast.DISTRICT, Period(today, today + timedelta(days=9)), "requests")
    (replying,) = (column.total for column in board.columns if column.code == "replying")
    assert (replying.whole, str(replying)) == (Fraction(0), "—")
