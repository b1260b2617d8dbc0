"""Whistles as lists show them."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.engines.cases.models import Case, Unit
from wangge.engines.cases.words import Left

from ..models import Call
from .cells import Cell


@dataclass(frozen=True)
class UnitLine:
    """A unit of a whistle: how far it is, in its next clock or its last."""

    unit: Unit
    lead: bool
    call: Call | None
    cells: list[Cell]

    @property
    def now(self) -> Cell | None:
        """The clock that runs, else the last one done."""
        running = [cell for cell in self.cells if cell.stands in ("running", "late")]
        done = [cell for cell in self.cells if cell.at is not None]
        return (running or done[::-1] or [None])[0]  # type: ignore[list-item]


@dataclass(frozen=True)
class Line:
    """One whistle in words."""

    case: Case
    kind: str
    level: str
    state: str
    area: str
    left: Left
    units: list[UnitLine]
