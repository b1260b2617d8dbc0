"""A periodic request falls due on its day, once however long nobody was there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.registry.tables.asking_cast import a_fill, a_request
from wangge.registry.tables.enums import FillState, RequestState
from wangge.registry.tables.queries.due import last_due, requests_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
MADE = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("frequency", "today", "due"),
    [
        ("once", date(2027, 1, 1), None),
        ("weekly", date(2026, 2, 6), None),
        ("weekly", date(2026, 2, 7), date(2026, 2, 7)),
        ("weekly", date(2026, 2, 20), date(2026, 2, 14)),
        ("monthly", date(2026, 2, 27), None),
        ("monthly", date(2026, 2, 28), date(2026, 2, 28)),
        ("monthly", date(2026, 3, 30), date(2026, 2, 28)),
        ("monthly", date(2026, 3, 31), date(2026, 3, 31)),
        ("quarterly", date(2026, 5, 1), date(2026, 4, 30)),
        ("half_yearly", date(2026, 7, 31), date(2026, 7, 31)),
        ("yearly", date(2029, 1, 30), date(2028, 1, 31)),
    ],
)
def test_the_days_are_counted_from_the_day_it_was_made(frequency, today, due):
    assert last_due(a_request(made_on=MADE, frequency=frequency), today) == due


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 3, 14), None),
        (date(2026, 3, 15), date(2026, 3, 15)),
        (date(2026, 4, 14), date(2026, 3, 15)),
        (date(2026, 6, 20), date(2026, 6, 15)),
    ],
)
def test_a_deadline_is_the_day_itself(today, due):
    request = a_request(made_on=MADE, frequency="monthly", deadline=date(2026, 3, 15))
    assert last_due(request, today) == due


def test_one_filling_on_the_day_or_since_is_enough():
    request = a_request(made_on=MADE, frequency="monthly", deadline=date(2026, 3, 15))
    a_fill(request, date(2026, 3, 14))
    assert requests_due(date(2026, 6, 20)) == [(request, date(2026, 6, 15))]
    a_fill(request, date(2026, 6, 20), state=FillState.FAILED)
    assert requests_due(date(2026, 6, 21)) == []


@pytest.mark.parametrize("state", [RequestState.CLOSED, RequestState.ASKING])
def test_what_is_closed_or_not_understood_yet_falls_due_never(state):
    a_request(made_on=MADE, frequency="monthly", state=state)
    assert requests_due(date(2026, 6, 20)) == []
