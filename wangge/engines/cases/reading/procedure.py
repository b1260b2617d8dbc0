"""A procedure as data (看图办事, spec 3.3–3.5): states, the steps between them, clocks, levels and ladders.

What it means, for whoever runs it: a step stops its clocks first and starts its clocks after, so that a step
that does both begins a clock again; starting a clock that runs changes nothing. A paused state lets every
running clock stand still. A clock without a limit at the case's level does not run. An end state may be
left again (a reporter who is not content reopens); in it no clock runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import TypeVar

from django.utils.translation import get_language

Part = TypeVar("Part", bound="Named")
OPEN = "open"  # in a clock's starts: the moment at which the case is opened


@dataclass(frozen=True)
class Named:
    """A part with a key, a Chinese name and an English one."""

    key: str
    name: str
    english: str = ""

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        wanted = (get_language() or "").startswith("en")
        return (self.english if wanted else "") or self.name or self.key


@dataclass(frozen=True)
class State(Named):
    """Where a case stands. ``end``: it is over; ``paused``: its clocks stand still."""

    end: bool = False
    paused: bool = False


@dataclass(frozen=True)
class Step(Named):
    """One thing somebody may do.

    Args:
        origins: states in which it is possible (``from`` in the file).
        to: the state after it; "" leaves the state as it is.
        roles: who may, see ``enums.Role``. needs: what must come with it. tells: who hears of it.
        reject: the work was not good and is done again; counts as 返工.
        counts: what it counts as, see ``enums.Count``.
        apart: whoever took one of these steps may not take this one; "open" is who complained.
        extends: clocks that end at the step's ``until`` from then on.
        after: for the role "clock": how long the state lasts before the step is taken by itself; "" is
            when the ``until`` of the step before runs out.
    """

    origins: tuple[str, ...] = ()
    to: str = ""
    roles: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    reject: bool = False
    after: str = ""
    note: str = ""
    counts: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock(Named):
    """A time that is kept, between steps. ``levels``: only at these; none named is at every level.
    ``due``: the end of the case it stands for, see ``enums.Due``; "" is none."""

    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    due: str = ""


@dataclass(frozen=True)
class Rung:
    """So long after a clock has run out, this one is told."""

    after: str
    tell: str


@dataclass(frozen=True)
class Level(Named):
    """How serious a case is, and its limits by clock.

    Args:
        closes: the role that closes a case of this level; "" is whoever the steps allow.
        warn: when to warn: a share of the limit between 0 and 1, or a time before its end such as "1h".
        major: the authority is told at once.
    """

    closes: str = ""
    limits: dict[str, str] = field(default_factory=dict)
    warn: float | str = 0.75
    ladder: tuple[Rung, ...] = ()
    major: bool = False


@dataclass(frozen=True)
class Procedure(Named):
    """All of it. ``level``: of a case that was opened without one; "" is the first. ``spans``: working hours
    of its own, else those of the district."""

    version: int = 1
    example: bool = False
    start: str = ""
    level: str = ""
    spans: tuple[tuple[time, time], ...] = ()
    states: tuple[State, ...] = ()
    clocks: tuple[Clock, ...] = ()
    levels: tuple[Level, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def first_level(self) -> str:
        """The level of a case opened without one; "" where the procedure has no levels."""
        return self.level or (self.levels[0].key if self.levels else "")

    def state(self, key: str) -> State:
        """Raises KeyError where there is none."""
        return _by_key(self.states, key)

    def step(self, key: str) -> Step:
        """Raises KeyError where there is none."""
        return _by_key(self.steps, key)

    def clock(self, key: str) -> Clock:
        """Raises KeyError where there is none."""
        return _by_key(self.clocks, key)

    def level_of(self, key: str) -> Level:
        """Raises KeyError where there is none."""
        return _by_key(self.levels, key)

    def steps_from(self, state: str) -> list[Step]:
        """What may be done in a state, in the order of the file."""
        return [step for step in self.steps if state in step.origins]

    def started_by(self, step: str) -> list[Clock]:
        """The clocks a step (or ``OPEN``) starts."""
        return [clock for clock in self.clocks if step in clock.starts]

    def stopped_by(self, step: str) -> list[Clock]:
        """The clocks a step stops."""
        return [clock for clock in self.clocks if step in clock.stops]

    @property
    def extendable(self) -> frozenset[str]:
        """The clocks whose end may be named instead of counted."""
        return frozenset(clock for step in self.steps for clock in step.extends)

    def limit_of(self, clock: str, level: str) -> str:
        """The limit of a clock at a level as text; "" where that clock does not run at that level."""
        named = self.clock(clock).levels
        return self.level_of(level).limits.get(clock, "") if not named or level in named else ""


def _by_key(parts: tuple[Part, ...], key: str) -> Part:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)
