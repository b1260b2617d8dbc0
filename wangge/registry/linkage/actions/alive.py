"""A run shows that it lives, so that a killed one is known from a slow one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, connections
from django.utils import timezone

from ..models import LinkRun
from ..pipeline.looking import Tell

EVERY = 5.0  # seconds between two signs of life
SILENT = timedelta(seconds=60)  # a run that gave none for so long is taken over
FORGOTTEN = timedelta(hours=1)  # a run that waited so long for a worker does not keep another from starting
log = logging.getLogger(__name__)


class Beats:
    """Signs of life of one run, from a thread beside it."""

    def __init__(self, run: LinkRun) -> None:
        self.run, self.stop = run, threading.Event()
        self.thread: threading.Thread | None = None

    def begin(self) -> None:
        """Not inside an open transaction: its rows are nobody else's to see."""
        if not connection.in_atomic_block:
            self.thread = threading.Thread(target=self._beat, daemon=True)
            self.thread.start()

    def sign(self, **also: str) -> None:
        """Leave a sign, and what else is to be known of the run."""
        mine = LinkRun._base_manager.filter(pk=self.run.pk, token=self.run.token)
        mine.update(beat_at=timezone.now(), **also)

    def telling(self, tell: Tell) -> Tell:
        """Tell a stage to the caller, and to who looks at the run's page."""

        def told(stage: str) -> None:
            self.sign(stage=stage)
            tell(stage)

        return told

    def rest(self) -> None:
        """SQLite has one writer: while the results are written nobody else can write, nor take over."""
        if connection.vendor == "sqlite":
            self.end()

    def end(self) -> None:
        self.stop.set()
        if self.thread is not None:
            self.thread.join(timeout=30)

    def _beat(self) -> None:
        try:
            while not self.stop.wait(EVERY):
                try:
                    self.sign()
                except DatabaseError:  # a busy database: the next beat tries again
                    log.info("No sign of life of run %s", self.run.pk)
        finally:
            connections.close_all()


@contextmanager
def alive(run: LinkRun) -> Iterator[Beats]:
    """Signs of life as long as the block runs."""
    beats = Beats(run)
    beats.begin()
    try:
        yield beats
    finally:
        beats.end()
