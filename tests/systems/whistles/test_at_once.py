"""Many at one moment, over real transactions: one is first, the others are told; one op stands once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from tests.systems.whistles.whistle_cast import (
    a_matter,
    a_unit,
    approved,
    blown,
    call_of,
    done,
    member,
    moved,
    scored,
)
from wangge.engines.cases.queries.procedures import by_pk
from wangge.foundation.access.rules import Unacceptable
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.whistles.actions.reporting import Report, report_in
from wangge.systems.whistles.models import Call, Score, Whistle
from wangge.systems.whistles.sweeps import tell_late_units

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other"),
]
MANY = 6


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    by_pk.cache_clear()  # keys of rows of an earlier test are given again
    yield


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    """Let all go at one moment; what one refuses is its answer."""
    gate = Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        try:
            with within(EVERYWHERE):
                gate.wait()
                return call()
        except Unacceptable as why:
            return str(why)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(one, calls))


def test_of_many_members_who_sign_one_is_first_and_the_others_are_told():
    users = [member() for _ in range(MANY)]
    lead, helper = a_unit("城管", *users), a_unit("环保", *users)
    row = approved(lead, helper)
    for unit in (lead, helper):
        call = call_of(row, unit)
        answers = together(
            [
                lambda user=user, call=call: report_in(actor=user, call=call, told=Report(uuid4(), "sign"))
                for user in users
            ]
        )
        assert sum(isinstance(one, Call) for one in answers) == 1
        assert all("签收" in one for one in answers if isinstance(one, str))


def test_one_op_sent_by_many_hands_is_one_report_and_one_score():
    lead, helper = a_unit("城管"), a_unit("环保")
    row, op = approved(lead, helper), uuid4()
    call = call_of(row, helper)
    answers = together([lambda: report_in(actor="test", call=call, told=Report(op, "sign"))] * MANY)
    assert all(isinstance(one, Call) for one in answers) and row.case.steps.filter(key="join").count() == 1
    judged = done(approved(lead), lead)
    together([lambda: scored(judged, lead, 5, 5, 5, op=op)] * MANY)
    assert Score._base_manager.count() == 1


def test_one_matter_is_whistled_for_once_by_many():
    unit, matter = a_unit("城管"), a_matter()
    answers = together([lambda: blown(unit, matter=matter)] * MANY)
    assert sum(isinstance(one, Whistle) for one in answers) == 1 and Whistle._base_manager.count() == 1
    assert all("已经吹过哨" in one for one in answers if isinstance(one, str))


def test_one_op_is_one_whistle_of_many_hands():
    unit, op = a_unit("城管"), uuid4()
    answers = together([lambda: blown(unit, op=op)] * MANY)
    assert len({one.pk for one in answers}) == 1 and Whistle._base_manager.count() == 1


def test_sweeps_side_by_side_tell_once():

    helper = a_unit("环保")
    row = approved(a_unit("城管"), helper)
    moved(call_of(row, helper), sign_due=-timedelta(hours=1))
    assert sum(together([tell_late_units] * MANY)) == 1
