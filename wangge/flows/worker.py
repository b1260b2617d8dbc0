"""Runs the reactions that entries of the trail owe, each once, also when a worker is killed.

A worker claims one delivery under a lease and keeps extending it while the reaction runs; a
killed worker stops extending, the lease runs out, and the delivery is claimed again.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta

from django.db import connection, connections, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from wangge.flows.reactions import Postponed, Reaction
from wangge.foundation.journal.models import Delivery, State
from wangge.lib.scoping import EVERYWHERE, within

MAX_ATTEMPTS = 5
LEASE = timedelta(seconds=60)
BACKOFF = timedelta(seconds=10)  # then 20 s, 40 s, 80 s
log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Somebody else holds the delivery now; what this worker did is rolled back."""


def claim() -> Delivery | None:
    """Take the oldest delivery that is due, or whose worker died; None when there is none."""
    now = timezone.now()
    ready = Q(state=State.WAITING, due_at__lte=now) | Q(state=State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        found = Delivery.objects.filter(ready).order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            found = found.select_for_update(skip_locked=True)
        delivery = found.first()
        if delivery is None:
            return None
        delivery.state, delivery.lease = State.RUNNING, uuid.uuid4().hex
        delivery.lease_until, delivery.attempts = now + LEASE, delivery.attempts + 1
        delivery.save(update_fields=["state", "lease", "lease_until", "attempts"])
    return delivery


def run(delivery: Delivery) -> State:
    """Run one claimed delivery to its end; returns the state it is left in."""
    try:
        if delivery.attempts > MAX_ATTEMPTS:  # it killed its worker every time
            raise RuntimeError("worker died")
        reaction: Reaction = import_string(delivery.reaction)
        whole = not getattr(reaction, "own_transactions", False)
        with _heartbeat(delivery), within(EVERYWHERE), transaction.atomic() if whole else nullcontext():
            reaction(delivery.entry)
            _finish(delivery)
        return State.DONE
    except LeaseLost:
        return State.RUNNING
    except Postponed as later:
        return _postpone(delivery, later.seconds)
    except Exception as error:
        return _fail(delivery, error)


def _mine(delivery: Delivery) -> Q:
    return Q(pk=delivery.pk, lease=delivery.lease, state=State.RUNNING)


def _finish(delivery: Delivery) -> None:
    done = Delivery.objects.filter(_mine(delivery)).update(
        state=State.DONE, done_at=timezone.now(), lease="", lease_until=None, error=""
    )
    if not done:
        raise LeaseLost


def _postpone(delivery: Delivery, seconds: int) -> State:
    Delivery.objects.filter(_mine(delivery)).update(
        state=State.WAITING,
        attempts=delivery.attempts - 1,
        due_at=timezone.now() + timedelta(seconds=seconds),
        lease="",
        lease_until=None,
    )
    return State.WAITING


def _fail(delivery: Delivery, error: Exception) -> State:
    # The kind of error only: its text may quote a person's data.
    code = f"{type(error).__module__}.{type(error).__qualname__}"[:200]
    log.warning("Reaction %s to entry %s: %s", delivery.reaction, delivery.entry_id, code)
    final = delivery.attempts >= MAX_ATTEMPTS
    Delivery.objects.filter(_mine(delivery)).update(
        state=State.FAILED if final else State.WAITING,
        due_at=timezone.now() + BACKOFF * 2 ** (delivery.attempts - 1),
        error=code,
        lease="",
        lease_until=None,
    )
    return State.FAILED if final else State.WAITING


@contextmanager
def _heartbeat(delivery: Delivery) -> Iterator[None]:
    """Extend the lease from beside while the reaction runs.

    Not inside an open transaction of this thread (tests, SQLite's one writer): there the lease
    is as long as the transaction anyway, since nobody else can write.
    """
    if connection.in_atomic_block:
        yield
        return
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(delivery, stop), daemon=True)
    beat.start()
    try:
        yield
    finally:
        stop.set()
        beat.join(timeout=5)


def _beat(delivery: Delivery, stop: threading.Event) -> None:
    try:
        while not stop.wait(LEASE.total_seconds() / 3):
            try:
                Delivery.objects.filter(_mine(delivery)).update(lease_until=timezone.now() + LEASE)
            except Exception:  # a locked database: the next beat tries again
                log.info("Lease of delivery %s not extended", delivery.pk)
    finally:
        connections.close_all()


def drain(*, limit: int = 100_000) -> int:
    """Run everything that is due now, in this thread; returns how many runs there were."""
    for ran in range(limit):
        delivery = claim()
        if delivery is None:
            return ran
        run(delivery)
    return limit
