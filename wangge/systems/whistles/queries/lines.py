"""Whistles as lists show them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from wangge.engines.cases.models import Case, Unit
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.engines.cases.words import Left, left
from wangge.foundation.territory import queries as territory

from ..enums import CLOCKS, Kind
from ..models import Call, Whistle
from ..reading.cells import cell_of
from ..reading.lines import Line, UnitLine
from .asked import units_by_whistle
from .calls import calls_by_case


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
