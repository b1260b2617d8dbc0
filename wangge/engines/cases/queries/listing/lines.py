"""Rows of the list as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from wangge.foundation.territory.queries import names_of

from ...kinds import kind_name, system_of
from ...models import Case
from ...words import Left, left
from ..procedures import by_pk


@dataclass(frozen=True)
class Line:
    """A case with its words."""

    case: Case
    address: str
    kind: str
    state: str
    level: str
    place: str
    left: Left


def lines_of(cases: Sequence[Case], now: datetime) -> list[Line]:
    """One line a case; the names of areas in one query."""
    names = names_of({code for case in cases for code in (case.area_code, case.area_code[:12])})
    return [_line(case, names, now) for case in cases]


def _line(case: Case, names: dict[str, str], now: datetime) -> Line:
    procedure = by_pk(case.procedure_id)
    area = [names.get(code, "") for code in dict.fromkeys((case.area_code[:12], case.area_code))]
    gone = Left("", "none")
    return Line(
        case, address_of(case), kind_name(case),
        procedure.state(case.state).label,
        procedure.level_of(case.level).label if case.level else "",
        " ".join(name for name in area if name),
        gone if case.closed_at else left(case.due_at, now, paused=case.paused),
    )  # fmt: skip


def address_of(case: Case) -> str:
    """The page of a case: its system's own, else the one all share."""
    try:
        return reverse(system_of(case.system).route, args=[case.number])
    except (KeyError, NoReverseMatch):
        return reverse("cases:show", args=[case.number])
