"""Hazards as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.foundation.territory import queries as territory

from ..enums import Kind, Level
from ..models import Inspection, Link, Pledge


@dataclass(frozen=True)
class Line:
    """One hazard in words; ``days`` to its end, negative when late, None where no clock runs."""

    case: Case
    kind: str
    level: str
    state: str
    area: str
    days: int | None

    @property
    def due(self) -> datetime | None:
        """When its time ends."""
        return self.case.due_at or (self.case.close_due if self.case.closed_at is None else None)

    @property
    def tone(self) -> str:
        """How the level is coloured."""
        return {Level.MAJOR: "red", Level.LARGER: "orange"}.get(Level(self.case.level), "yellow")


@dataclass(frozen=True)
class FirmLine:
    """A firm of the list: its link, pledge of the year, the newest check of the month, open hazards."""

    link: Link
    pledge: Pledge | None
    check: Inspection | None
    open: int


def lines_of(rows: Sequence[Case]) -> list[Line]:
    """The hazards in words; one read of names."""
    names = territory.names_of({row.area_code for row in rows})
    return [_line(row, names) for row in rows]


def _line(row: Case, names: dict[str, str]) -> Line:
    procedure, today = procedure_of(row), timezone.localdate()
    days = (timezone.localdate(row.due_at) - today).days if row.due_at else None
    return Line(
        row, str(dict(Kind.choices).get(row.kind, row.kind)), procedure.level_of(row.level).label,
        procedure.state(row.state).label, territory.short_name(names.get(row.area_code, row.area_code)), days,
    )  # fmt: skip
