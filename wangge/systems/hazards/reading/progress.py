"""How far a special action is, as numbers of an area."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wangge.lib.figures import Share


@dataclass
class Line:
    """How far an area is by the end of a day; ``new`` is what that day added."""

    code: str
    name: str
    all: int = 0
    done: int = 0
    new: int = 0
    found: int = 0
    found_new: int = 0
    fixed: int = 0
    open: int = 0
    major: int = 0

    @property
    def share(self) -> Share:
        """Of what is to be looked at, what was."""
        return Share(self.done, self.all)

    @property
    def left(self) -> int:
        """Still to be looked at."""
        return self.all - self.done


@dataclass(frozen=True)
class Report:
    """A day of an action: one line a grid, and the sum."""

    day: date
    total: Line
    lines: list[Line] = field(default_factory=list)
