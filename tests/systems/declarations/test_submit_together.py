"""The same report and the same code from many threads at once, over real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from tests import cast
from tests.systems.declarations.intake import a_code, a_payload, id_number, somebody
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.declarations.actions import submit_together
from wangge.systems.declarations.actions.submit import Client, Receipt, submit
from wangge.systems.declarations.models import Declaration

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="threads need PostgreSQL; see the killed server"
    ),
]
THREADS = 8


@pytest.fixture(autouse=True)
def _ground() -> Any:
    with within(EVERYWHERE):
        cast.lay_ground()
        yield


def at_once(payloads: list[dict[str, Any]]) -> list[Receipt]:
    """Send each from a thread of its own, all let go at one moment."""
    gate = Barrier(len(payloads))

    def send(payload: dict[str, Any]) -> Receipt:
        try:
            with within(EVERYWHERE):
                gate.wait()
                return submit(payload, channel="scan", client=Client())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(payloads)) as threads:
        return list(threads.map(send, payloads))


def test_the_same_report_at_once_is_written_once_and_answered_alike() -> None:
    payload = a_payload(a_code().number, people=[somebody(1), somebody(2, name="林小雨")])
    receipts = at_once([payload] * THREADS)
    assert len({(one.number, one.token, one.lines) for one in receipts}) == 1
    assert [one.repeated for one in receipts].count(False) == 1
    assert Declaration.objects.count() == 2
    assert Entry.objects.filter(kind="declaration.submitted").count() == 1


def test_who_comes_second_with_more_persons_adds_nobody() -> None:
    payload = a_payload(a_code().number)
    larger = payload | {"people": [somebody(1), somebody(2, name="林小雨")]}
    receipts = at_once([payload, larger] * 4)
    assert {one.lines for one in receipts} == {Declaration.objects.count()}


def test_different_reports_at_once_all_stand_each_with_its_line() -> None:
    code = a_code().number
    receipts = at_once([a_payload(code, people=[somebody(serial)]) for serial in range(THREADS)])
    assert len({one.number for one in receipts}) == THREADS
    assert (
        Declaration.objects.count() == Entry.objects.filter(kind="declaration.submitted").count() == THREADS
    )
    subjects = set(Entry.objects.values_list("subject_id", flat=True))
    assert {str(report) for report in Declaration.objects.values_list("report", flat=True)} <= subjects


def test_one_that_cannot_be_written_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    payloads = [a_payload(people=[somebody(serial)]) for serial in range(THREADS)]
    payloads[3]["people"][0]["id_no"] = id_number(3)
    whole = submit_together.execute

    def spoiled(items: Any) -> set[str]:
        for item in items:
            if item.rows[0]["trip_no"] == "too long":
                item.rows[0]["trip_no"] = "x" * 31
        return whole(items)

    monkeypatch.setattr(submit_together, "execute", spoiled)
    payloads[3]["trip"]["trip_no"] = "too long"
    outcomes: list[Callable[[], Receipt]] = []
    with pytest.raises(Exception, match="too long"):
        outcomes = at_once(payloads)  # type: ignore[assignment]
    assert outcomes == []
    assert Declaration.objects.count() == THREADS - 1
