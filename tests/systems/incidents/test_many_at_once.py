"""Many send the same words at the same moment: one case, each with a receipt; one op, one report."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from tests import cast
from tests.systems.incidents.incident_cast import told
from wangge.engines.cases.models import Case
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.incidents.actions.reports import Told, take_report

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other"),
]
MANY = 8


def sent(one: Told) -> str:
    """Taken on a connection of its own."""
    try:
        with within(EVERYWHERE):
            return take_report(one).receipt
    finally:
        connection.close()


def at_once(several: list[Told]) -> set[str]:
    with ThreadPoolExecutor(MANY) as pool:
        return set(pool.map(sent, several))


def test_the_same_words_are_one_case_and_every_sender_has_a_receipt() -> None:
    assert len(at_once([told() for _ in range(MANY)])) == MANY
    assert Case.objects.count() == 1 and Case.objects.get().followers.count() == MANY


def test_one_op_sent_by_many_hands_is_one_report() -> None:
    op = uuid4()
    assert len(at_once([told(op=op, area=cast.GRID) for _ in range(MANY)])) == 1
    assert Case.objects.get().followers.count() == 1
