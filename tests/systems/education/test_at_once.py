"""One plan, one confirmation and one material sent by many hands at the same moment are one each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.systems.education.education_cast import PDF, a_material, a_plan, a_put, a_session, held
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.education.actions.holding import hold_session
from wangge.systems.education.actions.materials import add_material
from wangge.systems.education.actions.planning import plan_session
from wangge.systems.education.models import Given, Material, Session
from wangge.systems.education.queries.materials import content_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other"),
]
MANY = 6


def at_once(act: Callable[[], Any]) -> set[Any]:
    """Done by many, each on a connection of its own."""

    def one(_number: int) -> Any:
        try:
            with within(EVERYWHERE):
                return act().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return set(pool.map(one, range(MANY)))


def told(kind: str) -> int:
    return Entry._base_manager.filter(kind=kind).count()


def test_one_plan():
    plan = a_plan()
    assert len(at_once(lambda: plan_session(actor="test", plan=plan))) == 1
    assert Session._base_manager.count() == told("education.planned") == 1


def test_one_confirmation():
    row, came = a_session(), held(given=((a_material(), 3),))
    at_once(lambda: hold_session(actor="test", session=row, held=came, seen=1))
    assert told("education.held") == Given._base_manager.count() == 1


def test_one_material_with_its_file():
    put = a_put(kind="pdf", content=PDF)
    assert len(at_once(lambda: add_material(actor="test", put=put))) == 1
    assert told("education.material_added") == 1 and content_of(Material._base_manager.get()) == PDF
