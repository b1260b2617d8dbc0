"""Declarations that arrive at the same moment are written together, one statement and one commit for all.

Whoever finds the way free writes; who comes meanwhile waits, and the first of these takes all who wait along.
Nobody waits for a clock: a single one is written at once. The receipt is given when the rows are durable.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence

from django.db import DatabaseError, connection

from . import submit_short, submit_statement
from .submit_statement import Item

MOST = 64
_waiting: deque[_Turn] = deque()
_guard = threading.Lock()
_taken = False  # somebody is writing


class _Turn:
    """One thread's declaration, and what became of it. The bell rings when it is written, or when it is this
    thread's turn to write."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.written: bool | None = None
        self.wrong: BaseException | None = None
        self.bell = threading.Lock()
        self.bell.acquire()

    @property
    def over(self) -> bool:
        return self.written is not None or self.wrong is not None


def execute(items: Sequence[Item]) -> set[str]:
    """Write reports as this database does it best; returns the receipts of those that were written."""
    how = submit_statement if connection.vendor == "postgresql" else submit_short
    return how.execute(items)


def write_together(item: Item) -> bool:
    """Write a report with all that wait; whether it was written (``execute``)."""
    connection.ensure_connection()  # first: whoever writes for others must not wait for the pool then
    own = _Turn(item)
    if not _join(own):
        own.bell.acquire()
    if not own.over:
        _lead()
    if own.wrong is not None:
        raise own.wrong
    return bool(own.written)


def _join(own: _Turn) -> bool:
    """Stand in line; whether the way was free and is one's own now."""
    global _taken
    with _guard:
        _waiting.append(own)
        free, _taken = not _taken, True
        return free


def _lead() -> None:
    """Write all who stand in line, oneself first, and hand the way to who came meanwhile."""
    with _guard:
        batch = [_waiting.popleft() for _turn in range(min(len(_waiting), MOST))]
    try:
        _write(batch)
    finally:
        heir = _hand_over()
        for turn in [*batch, *heir]:
            turn.bell.release()


def _hand_over() -> list[_Turn]:
    global _taken
    with _guard:
        _taken = bool(_waiting)
        return [_waiting[0]] if _waiting else []


def _write(batch: list[_Turn]) -> None:
    try:
        written = execute([one.item for one in batch])
    except DatabaseError:
        _write_each(batch)  # one of them is at fault, or the connection: each learns its own
    except BaseException as wrong:
        for one in batch:
            one.wrong = wrong
        raise
    else:
        for one in batch:
            one.written = one.item.receipt in written


def _write_each(batch: list[_Turn]) -> None:
    for one in batch:
        try:
            one.written = one.item.receipt in execute([one.item])
        except Exception as wrong:
            one.wrong = wrong
