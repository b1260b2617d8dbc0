"""How one unit answers whistles."""

from __future__ import annotations

from dataclasses import dataclass, field

from wangge.engines.cases.models import Unit
from wangge.lib.figures import Share

FEW = 3  # with fewer scores a mean says little


@dataclass(frozen=True)
class Mean:
    """The mean of scores, each the mean of its three numbers; ``number`` how many."""

    number: int = 0
    response: float | None = None
    attitude: float | None = None
    result: float | None = None

    @property
    def whole(self) -> float | None:
        """The mean of the three."""
        parts = [one for one in (self.response, self.attitude, self.result) if one is not None]
        return sum(parts) / len(parts) if parts else None

    @property
    def few(self) -> bool:
        """Whether there are too few to compare by."""
        return 0 < self.number < FEW

    def __str__(self) -> str:
        return "—" if self.whole is None else f"{self.whole:.2f}"


@dataclass
class Line:
    """A unit and its figures."""

    unit: Unit
    called: int = 0
    shares: dict[str, Share] = field(default_factory=dict)  # by clock
    late: int = 0
    mean: Mean = Mean()
