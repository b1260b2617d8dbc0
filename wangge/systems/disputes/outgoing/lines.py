"""Disputes as lists show them; nobody's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.foundation.territory import queries as territory

from ..enums import Kind
from ..models import Handler


@dataclass(frozen=True)
class Line:
    """One dispute in words."""

    case: Case
    kind: str
    level: str
    state: str
    area: str
    handlers: str
    people: int
    way: str

    @property
    def due(self) -> datetime | None:
        """When its clock ends."""
        return self.case.due_at if self.case.closed_at is None else None


def lines_of(rows: Sequence[Case]) -> list[Line]:
    """The disputes in words; one read of names, one of handlers."""
    names = territory.names_of({row.area_code for row in rows})
    handlers: dict[int, list[str]] = defaultdict(list)
    held = Handler._base_manager.filter(case__in=rows, until=None).order_by("since", "pk")
    for case, name, account in held.values_list("case", "user__name", "user__username"):
        handlers[case].append(name or account)
    return [_line(row, names, "、".join(handlers[row.pk])) for row in rows]


def _line(row: Case, names: dict[str, str], handlers: str) -> Line:
    procedure, about = procedure_of(row), getattr(row, "dispute", None)
    return Line(
        row, str(dict(Kind.choices).get(row.kind, row.kind)), procedure.level_of(row.level).label,
        procedure.state(row.state).label, territory.short_name(names.get(row.area_code, row.area_code)),
        handlers, about.people if about else 0, str(about.get_way_display()) if about else "",
    )  # fmt: skip
