"""What the district admitted beside the built-in dictionary, kept in memory.

Another process may admit a field at any time: the rows' stamp is looked at again once ``EVERY`` seconds have
passed, and the rows are read only when it changed. A process without Django (it cleans cells beside an
import) is handed what its parent holds.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from .codes import CodeList
    from .facts import Fact

EVERY = 2.0  # seconds
_editions = count(1)


@dataclass(frozen=True, eq=False)
class Admitted:
    """The district's part of the dictionary. ``words``: header → fact as ruled; ``declined``: header → why
    it is not admitted; ``ledgers``: ledger → facts its exports show; ``withdrawn`` facts keep their name but
    are read from no ledger any more; ``edition`` changes with the content."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    lists: Mapping[str, CodeList] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    declined: Mapping[str, str] = field(default_factory=dict)
    ledgers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_persons: tuple[str, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    stamp: tuple[object, ...] = ()
    edition: int = 0


class Keeper:
    """Holds the latest edition. ``every``: seconds between two looks at the stamp."""

    def __init__(self, every: float = EVERY) -> None:
        self.every, self.held, self.looked = every, Admitted(), float("-inf")

    def latest(self) -> Admitted:
        """The edition in force, at most ``every`` seconds old."""
        if time.monotonic() - self.looked >= self.every and apps.ready:
            self.look()
        return self.held

    def look(self) -> None:
        """Read the rows if their stamp changed: two small statements, or four."""
        from .rows import read, stamp  # not at the top: models need Django, and not every process has it

        now = stamp()
        if now != self.held.stamp:
            self.held = read(now, next(_editions))
        self.looked = time.monotonic()

    def look_again(self) -> None:
        """Look now, unless this process was told what to hold."""
        if self.looked != float("inf") and apps.ready:
            self.look()

    def use(self, held: Admitted) -> None:
        """Hold this edition and look at nothing."""
        self.held, self.looked = held, float("inf")


keeper = Keeper()


def admitted() -> Admitted:
    """The district's part of the dictionary as this process knows it."""
    return keeper.latest()
