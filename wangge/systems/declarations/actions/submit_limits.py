"""Limits by code, device and address: counted in the process, shared in steps.

A process tells the others of a key after each tenth part of its limit, and learns then what they counted.
So within one process a limit is exact; over n processes a key gets through at most n tenths of the limit
more than it; and the many who declare once cost the database nothing. A restart forgets less than a tenth.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from wangge.lib.sealing import blind_many

from ..models import Tally
from ..reading import TooMany

KEPT = 2 * 24 * 3600  # seconds
HELD_MOST = 20_000  # keys; beyond it the oldest half is let go, which gives such a key up to two tenths
TOGETHER = (
    "INSERT INTO {table} (key, begins, hits) VALUES (%s, %s, %s) "
    "ON CONFLICT (begins, key) DO UPDATE SET hits = {table}.hits + excluded.hits RETURNING hits"
)


@dataclass
class _Count:
    shared: int = 0
    own: int = 0  # not yet told to the others


_held: dict[tuple[str, int], _Count] = {}
_lock = threading.Lock()


def count_client(*, device: str, address: str) -> None:
    """Count one attempt of an address and of a device; empty ones are not counted. The address goes first:
    one that has had its share cannot fill the memory with made-up devices.

    Raises:
        TooMany: one of them has had its share of this span.
    """
    named = [(kind, f"{kind}:{text}") for kind, text in (("address", address), ("device", device)) if text]
    for (kind, _text), key in zip(named, blind_many([text for _kind, text in named], "limit"), strict=True):
        _count(kind, key)


def count_code(number: str) -> None:
    """Count one attempt with a live code.

    Raises:
        TooMany: the code has had its share of this span.
    """
    _count("code", f"code:{number}")


def _count(kind: str, key: str) -> None:
    limit, span = settings.DECLARE_LIMITS[kind]
    now = int(time.time())
    begins = now - now % span
    with _lock:
        count = _entry(key, begins)
        full = count.shared + count.own >= limit
        if not full:
            count.own += 1
        telling = count.own if count.own >= max(1, limit // 10) else 0
    if full:
        raise TooMany({"": _sentence(kind)}, retry_after=max(1, begins + span - now))
    if telling:
        _tell(key, begins, telling)


def _entry(key: str, begins: int) -> _Count:
    if len(_held) >= HELD_MOST:
        oldest = time.time() - max(span for _limit, span in settings.DECLARE_LIMITS.values())
        for old in [at for at in _held if at[1] < oldest] or list(_held)[: HELD_MOST // 2]:
            del _held[old]
    return _held.setdefault((key, begins), _Count())


def _tell(key: str, begins: int, hits: int) -> None:
    table = connection.ops.quote_name(Tally._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER.format(table=table), [key, begins, hits])
        (shared,) = cursor.fetchone()
    with _lock:
        count = _entry(key, begins)
        count.shared, count.own = shared, max(0, count.own - hits)


def _sentence(kind: str) -> str:
    if kind == "code":
        return _("这个报备码此刻填报的人太多，请稍后再提交；已填内容不会丢。")
    if kind == "device":
        return _("这部手机提交得太频繁，请稍后再提交；人多时请联系社区工作人员代填。")
    return _("这个网络提交得太频繁，请稍后再提交，或换用手机流量。")


def forget_counts() -> None:
    """For tests: what this process counted."""
    with _lock:
        _held.clear()


def clear_old_tallies() -> int:
    """A sweep: counts of spans long over; returns how many."""
    gone, _of = Tally.objects.filter(begins__lt=int(time.time()) - KEPT).delete()
    return gone
