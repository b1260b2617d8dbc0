"""Many at one moment, over real transactions: one operation stands once, nothing committed late is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, connections, transaction

from tests import cast
from tests.engines.sync.sync_cast import Handset
from tests.foundation.photos.picture_cast import digest_of, jpeg
from wangge.engines.sync import handlers
from wangge.engines.sync.handlers import Done
from wangge.engines.sync.models import Operation
from wangge.engines.sync.queries import horizon
from wangge.foundation.journal import actions as journal
from wangge.foundation.photos.models import Photo
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Building, Room

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="threads need PostgreSQL; SQLite writes one after the other"
    ),
]


@pytest.fixture(autouse=True)
def _ground() -> Iterator[None]:
    with within(EVERYWHERE):
        cast.lay_ground()
        yield


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    """Let all go at one moment."""
    gate = Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        try:
            with within(EVERYWHERE):
                gate.wait()
                return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(one, calls))


def test_the_same_operation_at_once_is_handled_once_and_answered_alike() -> None:
    phone, handled = Handset(cast.worker()), []
    phone.register()
    spare = Handset(phone.user)  # the same worker's other phone, restored from the same outbox
    spare.register()
    handlers.register("test.once", lambda incoming: handled.append(incoming.op) or Done(cast.GRID))
    pictures = [jpeg(1), jpeg(2)]
    told = [{"digest": digest_of(each), "size": len(each), "type": "image/jpeg"} for each in pictures]
    ops = [phone.record("test.once", {}, photos=told) for _ in range(3)]
    answers = together(
        [lambda held=held: held.send(*ops) for held in (phone, phone, spare, spare, phone, spare)]
    )
    assert len({repr([(r["op"], r["receipt"], r["state"]) for r in answer]) for answer in answers}) == 1
    assert Operation._base_manager.count() == 3 and Photo._base_manager.count() == 2
    assert Operation._base_manager.filter(state="accepted").count() == 3
    whole = together([lambda each=each: phone.put(told[0]["digest"], pictures[0]) for each in range(5)])
    assert {answer.json()["complete"] for answer in whole} == {True}


def test_what_is_committed_late_is_not_missed() -> None:
    """A transaction draws its numbers, the phone pulls past them, and only then it commits."""
    phone = Handset(cast.worker())
    phone.register()
    building = Building.objects.create(area_code=cast.GRID, community=cast.COMMUNITY, key="甲", name="甲")
    room = Room.objects.create(area_code=cast.GRID, building=building, key="1", door="1")
    phone.pull()
    drawn, pulled = Event(), Event()

    def slow() -> None:
        with within(EVERYWHERE), transaction.atomic():
            room.state = "rented"
            room.save()
            journal.record("room.updated", actor="test", area=cast.GRID, subject=room)
            drawn.set()
            pulled.wait(20)
        connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(slow)
        assert drawn.wait(20)
        before = horizon.horizon()
        for _ in range(3):  # later numbers are visible, the earlier one is not
            journal.record("building.updated", actor="test", area=cast.GRID, subject=building)
        assert horizon.horizon() == before or horizon.horizon().moment <= before.moment
        phone.pull()
        assert phone.rows["rooms"][str(room.pk)]["state"] == ""
        pulled.set()
        writing.result()
    phone.pull()
    assert phone.rows["rooms"][str(room.pk)]["state"] == "rented"
