"""Writing many new duties: those whose key is there already stay as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from wangge.lib.bulk import Behind, Collected, Same, Write, write_rows

from ..enums import DutyState
from ..models import Duty

LOCK = 440_703_0081  # two generations do not run side by side


class NewDuty(NamedTuple):
    """A duty to be; the names are the columns'."""

    key: str
    kind: str
    area_code: str
    begins_on: date
    due_on: date
    worker: int | None = None
    scene: int | None = None
    care: int | None = None
    room: int | None = None
    person: int | None = None


def wait_for_turn() -> None:
    """Hold back until no other generation runs; to the end of the transaction. SQLite has one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@contextmanager
def in_turn(*, several: bool) -> Iterator[Callable[[Write], None]]:
    """What is given runs a write in a transaction of its own while no other generation runs. Of ``several``
    on PostgreSQL each is written while the caller prepares the next: in the order they were handed over, none
    after one that failed, all of them at the end of the block. They are durable with the caller's next own
    commit."""
    if not several or connection.vendor != "postgresql" or connection.in_atomic_block:
        yield _at_once
        return
    with transaction.atomic():
        wait_for_turn()
        behind = Behind(width=1)
        try:
            yield lambda write: behind.submit(Collected([write], alone=True))
            behind.settle()
        finally:
            behind.close()


@transaction.atomic
def _at_once(write: Write) -> None:
    wait_for_turn()
    write()


def write_new(duties: Iterable[NewDuty], now: datetime | None = None) -> int:
    """Write those that are not there; returns how many. The caller holds the transaction."""
    by_key = {duty.key: duty for duty in duties}
    known = _standing(by_key)
    new = [duty for key, duty in by_key.items() if key not in known]
    if not new:
        return 0
    columns: dict[str, list] = dict(zip(NewDuty._fields, map(list, zip(*new, strict=True)), strict=True))
    same = {
        "state": DutyState.OPEN.value, "done_by": "", "words": "", "changed_at": now or timezone.now(),
    }  # fmt: skip
    constant = {name: Same(value, len(new)) for name, value in same.items()}
    return write_rows(Duty, {**columns, **constant})


def _standing(keys: Collection[str]) -> set[str]:
    """Those of the keys that are in the table, looked up one by one in the index."""
    among = "IN (SELECT value FROM json_each(%s))"
    if connection.vendor == "postgresql":
        among = "= ANY(ARRAY(SELECT json_array_elements_text(%s::json)))"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key FROM {Duty._meta.db_table} WHERE key {among}", [json.dumps([*keys])])
        return {key for (key,) in cursor.fetchall()}
