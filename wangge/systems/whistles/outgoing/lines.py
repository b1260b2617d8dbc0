"""Whistles as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from wangge.engines.cases.models import Case, Unit
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.engines.cases.words import Left, left
from wangge.foundation.territory import queries as territory

from ..enums import CLOCKS, Kind
from ..models import Call, Whistle
from ..queries.asked import units_by_whistle
from ..queries.calls import Cell, calls_by_case, cell_of


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


def lines_of(rows: Sequence[Case]) -> list[Line]:
    """The whistles in words; one read each of names, units and calls."""
    names = territory.names_of({row.area_code for row in rows})
    whistles = {row.case_id: row for row in Whistle._base_manager.filter(case__in=rows)}
    asked, calls = units_by_whistle(whistles.values()), calls_by_case(rows)
    found = []
    for row in rows:
        whistle = whistles.get(row.pk)
        units = _units(whistle, asked.get(whistle.pk, []), calls.get(row.pk, [])) if whistle else []
        found.append(_line(row, names, units))
    return found


def _units(whistle: Whistle, asked: list[Unit], calls: list[Call]) -> list[UnitLine]:
    """Those called; before approval those asked for."""
    now = timezone.now()
    if calls:
        return [UnitLine(c.unit, c.lead, c, [cell_of(c, clock, now) for clock in CLOCKS]) for c in calls]
    return [UnitLine(unit, unit.pk == whistle.lead_id, None, []) for unit in asked]


def _line(row: Case, names: dict[str, str], units: list[UnitLine]) -> Line:
    procedure, gone = procedure_of(row), Left("", "none")
    return Line(
        row, str(dict(Kind.choices).get(row.kind, row.kind)), procedure.level_of(row.level).label,
        procedure.state(row.state).label, territory.short_name(names.get(row.area_code, row.area_code)),
        gone if row.closed_at else left(row.due_at, timezone.now()), units,
    )  # fmt: skip
