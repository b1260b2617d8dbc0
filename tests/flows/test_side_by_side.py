"""Writers, sealers and workers beside one another, on PostgreSQL (SQLite has one writer anyway)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from wangge.flows import worker
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal import queries, sealing
from wangge.foundation.journal.models import Delivery, Segment
from wangge.lib.scoping import EVERYWHERE, within


@pytest.fixture(autouse=True)
def _postgres(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite has one writer at a time")


def beside(work: Callable[[], Any]) -> Any:
    """Run ``work`` in another thread, on a connection of its own that gives up after two seconds."""

    def alone() -> Any:
        try:
            with within(EVERYWHERE), connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result(timeout=20)


def write() -> int:
    return journal.record("test.written", actor="cli", area="").pk


def test_a_writer_does_not_wait_on_an_open_transaction_of_another():
    with transaction.atomic():
        first = write()
        assert beside(write) > first


def test_a_row_that_commits_after_a_later_one_was_sealed_is_sealed_next():
    with transaction.atomic():
        early = write()
        beside(write)
        assert beside(lambda: sealing.seal_pending(settled=timedelta(0))) == 1
    assert sealing.seal_pending(settled=timedelta(0)) == 1
    assert Segment.objects.get(number=2).from_id == early
    assert queries.verify().intact


def test_two_workers_never_claim_the_same_delivery():
    for _ in range(20):
        entry = journal.record("test.written", actor="cli", area="")
        Delivery.objects.create(entry=entry, reaction="tests.flows.reactions_for_tests.works")
    claimed: list[int] = []
    start = threading.Barrier(4)

    def claim_all() -> None:
        start.wait()
        while (delivery := worker.claim()) is not None:
            claimed.append(delivery.pk)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(claim_all) for _ in range(4)]:
            done.result(timeout=30)
    assert sorted(claimed) == sorted(Delivery.objects.values_list("pk", flat=True))


def test_a_claim_passes_by_a_row_that_another_worker_holds():
    entry = write()
    Delivery.objects.create(entry_id=entry, reaction="a.b")
    Delivery.objects.create(entry_id=entry, reaction="a.c")
    with transaction.atomic():
        held = Delivery.objects.select_for_update().earliest("pk")
        taken = beside(worker.claim)
    assert taken is not None and taken.pk != held.pk


def test_two_grants_given_at_once_do_not_pass_the_separation_of_administrators():
    from tests import cast
    from wangge.foundation.access import actions
    from wangge.foundation.access.models import Grant
    from wangge.foundation.access.rules import Refused

    user = cast.nobody()
    start = threading.Barrier(2)

    def give(role: str) -> bool:
        try:
            start.wait()
            actions.give_grant(actor="test", user=user, role=role, area_code=cast.DISTRICT)
            return True
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given = list(pool.map(give, ["auditor", "system_admin"]))
    assert sorted(given) == [False, True] and Grant.objects.filter(user=user).count() == 1
