"""On PostgreSQL a long import decides one chunk while the one before is written."""

from __future__ import annotations

import pytest
from django.db import connection

from wangge.registry.ledgers import actions
from wangge.registry.ledgers.enums import BatchState
from wangge.registry.people.models import Building, Person, Room, Tie

from .import_cast import XIAO, ZHANG, counts, received, row

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("ground", "everywhere", "two_rows_a_chunk"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer"),
]


@pytest.fixture
def two_rows_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wangge.registry.ledgers.actions.commit.CHUNK", 2)


def many() -> list[list[str]]:
    """Seven rows of five people in one flat: two of them twice."""
    return [
        row("张三", 身份证号=ZHANG, 联系电话="10012345678"),
        row("李四", 出生日期="1981-03-04", 联系电话="10012345679"),
        row("张小", 身份证号=XIAO),
        row("张三", 身份证号=ZHANG, 文化程度="本科"),
        row("王五", 联系电话="10012345680"),
        row("赵六", 出生日期="1990-01-01"),
        row("李四", 出生日期="1981-03-04", 联系电话="10012345679"),
    ]


def test_people_and_doors_that_span_chunks_are_made_once() -> None:
    batch = actions.commit_batch(actor="test", batch=received(many()))
    assert counts(batch) == {"new": 5, "update": 1, "duplicate": 1}
    assert (Person.objects.count(), Building.objects.count(), Room.objects.count()) == (5, 1, 1)
    assert Tie.objects.filter(kind="lives").count() == 5


def test_it_comes_to_the_same_as_on_a_register_that_already_held_people() -> None:
    actions.commit_batch(actor="test", batch=received([row("钱七", 出生日期="1970-01-01")]))
    batch = actions.commit_batch(actor="test", batch=received(many()))
    assert counts(batch) == {"new": 5, "update": 1, "duplicate": 1}


def test_somebody_registered_meanwhile_is_found_on_the_second_try(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = received(many())
    from wangge.registry.ledgers.pipeline import running

    really, tried = running.Run.process, []

    def process(self: running.Run, start: int, stop: int, *, write: bool) -> None:
        really(self, start, stop, write=write)
        if not tried:
            tried.append(start)
            _register_by_hand()

    monkeypatch.setattr(running.Run, "process", process)
    batch = actions.commit_batch(actor="test", batch=batch)
    assert batch.state == BatchState.DONE
    assert Person.objects.filter(name="张三").count() == 1


def _register_by_hand() -> None:
    """Another connection registers 张三 between our look and our write."""
    from threading import Thread

    from django.db import connections

    from wangge.lib.scoping import EVERYWHERE, within
    from wangge.lib.sealing import blind, seal

    def work() -> None:
        with within(EVERYWHERE):
            Person.objects.create(name="张三", id_sealed=seal(ZHANG), id_index=blind(ZHANG), id_type="111")
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    thread.join()
