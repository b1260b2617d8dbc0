"""The worker's loop: reactions as they fall due, sweeps by the clock, until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import OperationalError, close_old_connections
from django.utils.module_loading import import_string

from wangge.flows import worker
from wangge.flows.alive import Pulse
from wangge.flows.table import SWEEPS
from wangge.foundation.journal.enums import State
from wangge.lib.scoping import EVERYWHERE, within

IDLE = 1.0  # seconds between two looks at an empty queue
log = logging.getLogger(__name__)


class Clock:
    """Which sweeps are due. Each process keeps its own; a sweep run twice does no harm."""

    def __init__(self, sweeps: dict[str, int] | None = None) -> None:
        self.sweeps = SWEEPS if sweeps is None else sweeps
        self.ran: dict[str, float] = {}

    def due(self, now: float) -> list[str]:
        return [name for name, every in self.sweeps.items() if now - self.ran.get(name, -1e12) >= every]

    def run_due(self) -> int:
        """Run what is due; one failing sweep does not stop the others."""
        names = self.due(time.monotonic())
        for name in names:
            self.ran[name] = time.monotonic()
            try:
                with within(EVERYWHERE):
                    import_string(name)()
            except Exception as error:
                log.warning("Sweep %s: %s", name, type(error).__qualname__)
        return len(names)


def once() -> int:
    """Run everything that is due, then every sweep; returns how many reactions ran."""
    ran = worker.drain()
    Clock().run_due()
    return ran


def serve(
    stop: threading.Event, *, tell: Callable[[str], None] = log.info, failures_only: bool = False
) -> None:
    """Work until ``stop`` is set; a reaction under way is finished first.

    Args:
        tell: hears of every reaction, with ``failures_only`` of those that failed.
    """
    clock, pulse = Clock(), Pulse()
    calm: Callable[[str], None] = log.debug if failures_only else tell
    calm("worker started")
    while not stop.is_set():
        close_old_connections()
        try:
            pulse.beat()
            clock.run_due()
            delivery = worker.claim()
        except OperationalError as error:  # SQLite's one writer is busy; PostgreSQL restarts
            log.info("Database busy: %s", type(error).__qualname__)
            delivery = None
        if delivery is None:
            stop.wait(IDLE)
        else:
            state = worker.run(delivery)
            say = tell if state == State.FAILED else calm
            say(f"{delivery.reaction} #{delivery.entry_id}: {state}")
    calm("worker stopped")
