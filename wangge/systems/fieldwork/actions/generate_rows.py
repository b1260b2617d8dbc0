"""Writing many new duties: those whose key is there already stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from wangge.lib.bulk import Same, find_rows, write_rows

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


def write_new(duties: Iterable[NewDuty], now: datetime | None = None) -> int:
    """Write those that are not there; returns how many. The caller holds the transaction."""
    by_key = {duty.key: duty for duty in duties}
    known = {row[0] for row in find_rows(Duty, "key", list(by_key), ["key"])}
    new = [duty for key, duty in by_key.items() if key not in known]
    if not new:
        return 0
    columns: dict[str, list] = dict(zip(NewDuty._fields, map(list, zip(*new, strict=True)), strict=True))
    same = {
        "state": DutyState.OPEN.value, "done_by": "", "words": "", "changed_at": now or timezone.now(),
    }  # fmt: skip
    constant = {name: Same(value, len(new)) for name, value in same.items()}
    return write_rows(Duty, {**columns, **constant})
