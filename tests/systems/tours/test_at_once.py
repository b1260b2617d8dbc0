"""One decision, one plan and one arrival sent by many hands at the same moment are one each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests.systems.tours.tour_cast import a_plan, a_tour, heard, stops
from wangge.engines.cases.models import Case
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.tours.actions.arriving import note_arrival
from wangge.systems.tours.actions.planning import create_tour
from wangge.systems.tours.actions.raising import raise_problem
from wangge.systems.tours.models import Problem, Stop, Tour

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other"),
]
MANY = 6


def at_once(act: Callable[[], Any]) -> list[Any]:
    """Done by many, each on a connection of its own."""

    def one(_number: int) -> Any:
        try:
            with within(EVERYWHERE):
                return act().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def told(kind: str) -> int:
    return Entry._base_manager.filter(kind=kind).count()


def test_one_decision():
    wanted = heard(stops(a_tour())[0])
    assert len(set(at_once(lambda: raise_problem(actor="test", heard=wanted)))) == 1
    assert Case._base_manager.count() == Problem._base_manager.count() == told("tour.raised") == 1


def test_one_plan():
    plan = a_plan(op=uuid4())
    assert len(set(at_once(lambda: create_tour(actor="test", plan=plan)))) == 1
    assert Tour._base_manager.count() == told("tour.created") == 1 and Stop._base_manager.count() == 2


def test_one_arrival():
    stop = stops(a_tour())[0]
    at_once(lambda: note_arrival(actor="test", stop=stop))
    assert told("tour.arrived") == 1
