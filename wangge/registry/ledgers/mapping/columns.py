"""A column while its meaning is being settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from .looks import Looks
from .proposals import Candidate, Reason


@dataclass
class Column:
    """One column: what its header may mean, how its values look, and what has been settled so far."""

    index: int
    text: str
    leaf: str
    looks: Looks
    readings: list[Candidate]
    fact: str | None = None
    score: float = 0.0
    reason: Reason = ""
    ask: bool = False
    alternatives: list[str] = field(default_factory=list)
    dropped_reason: str = ""
    dropped_code: str = ""
    remembered: bool = False

    @property
    def open(self) -> bool:
        """Whether its meaning is still to be settled."""
        return not (self.dropped_code or self.remembered)

    def may_mean(self, code: str) -> bool:
        """Whether its header can be read as this fact."""
        return any(reading.fact == code for reading in self.readings)

    def prefer(self, code: str, score: float, reason: Reason | None = None, ask: bool = False) -> None:
        """Put one reading before all others."""
        first = self.readings[0].reason if self.readings else "values"
        others = [reading for reading in self.readings if reading.fact != code]
        self.readings = [Candidate(code, score, reason or first, ask), *others]

    def drop(self, code: str, reason: str) -> None:
        """Leave the column out, saying why."""
        self.fact, self.dropped_code, self.dropped_reason = None, code, reason
