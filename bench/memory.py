"""How much memory a process and the processes it starts hold at the same moment, at most."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05  # seconds
TASKS = "/proc/self/task"


@dataclass
class Peak:
    """Megabytes: of this process alone as the kernel noted it, and of all together as sampled."""

    together: int = 0

    @property
    def mb(self) -> int:
        return max(self.together, field_of("self", "VmHWM")) // 1024

    def look(self) -> None:
        self.together = max(self.together, sum(field_of(pid, "VmRSS") for pid in ("self", *children())))


def field_of(pid: str, name: str) -> int:
    """A line of /proc/PID/status in kB; 0 where the process is gone or the system has no /proc."""
    try:
        lines = Path("/proc", pid, "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def children() -> list[str]:
    """The processes that any thread of this one started and that still run."""
    found: list[str] = []
    for task in os.listdir(TASKS):
        try:
            with open(f"{TASKS}/{task}/children", encoding="ascii") as told:
                found += told.read().split()
        except OSError:  # the thread ended meanwhile
            continue
    return found


@contextmanager
def watched() -> Iterator[Peak]:
    """Look twenty times a second while the block runs."""
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            peak.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()
