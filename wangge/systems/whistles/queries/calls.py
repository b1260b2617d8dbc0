"""The units a whistle calls: where each stands, and for whom a call waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.units import units_of
from wangge.engines.cases.queries.worklist import cases_for

from ..enums import CLOCKS
from ..models import Call, Score, Whistle
from ..reading.cells import Cell, cell_of


@dataclass(frozen=True)
class CallLine:
    """A call with its clocks, and the score that stands."""

    call: Call
    cells: list[Cell]
    score: Score | None
    far: bool


def calls_for(actor: Any) -> QuerySet[Call]:
    """The calls of the whistles an actor may see."""
    rows = Call.objects.select_related("unit", "whistle__case")
    return rows.filter(whistle__case__in=cases_for(actor).values("pk"))


def waiting(actor: Any) -> Q:
    """Cases in which a unit of the actor is called beside the lead and has not arrived: a filter of cases."""
    own = units_of(actor)
    if not own:
        return Q(pk__in=[])
    asked = Call._base_manager.filter(unit__in=own, lead=False, arrived_at=None, ended_at=None)
    going = ("launched", "approved", "signed", "contacted", "arrived", "working")
    return Q(state__in=going, pk__in=asked.values("whistle__case"))


def live_calls(whistle: Whistle) -> QuerySet[Call]:
    """Those that were not sent back or taken back, the lead's first."""
    return (
        Call._base_manager.filter(whistle=whistle, ended_at=None)
        .select_related("unit")
        .order_by("-lead", "pk")
    )


def unscored(whistle: Whistle) -> list[Call]:
    """The calls that still have to be judged before the whistle is closed."""
    scored = Score._base_manager.filter(standing=True, call__whistle=whistle).values("call")
    return list(live_calls(whistle).exclude(pk__in=scored))


def lines_of(calls: Iterable[Call], far: float, now: datetime | None = None) -> list[CallLine]:
    """Calls as they are shown.

    Args:
        far: from how many metres on an arrival is marked.
    """
    rows, now = list(calls), now or timezone.now()
    scores = {s.call_id: s for s in Score._base_manager.filter(call__in=rows, standing=True)}
    return [
        CallLine(
            call, [cell_of(call, clock, now) for clock in CLOCKS], scores.get(call.pk),
            call.metres is not None and call.metres > far,
        )
        for call in rows
    ]  # fmt: skip


def calls_by_case(cases: Iterable[Case]) -> dict[int, list[Call]]:
    """The live calls of several whistles by case."""
    found: dict[int, list[Call]] = {}
    rows = Call._base_manager.filter(whistle__case__in=list(cases), ended_at=None)
    for call in rows.select_related("unit", "whistle").order_by("-lead", "pk"):
        found.setdefault(call.whistle.case_id, []).append(call)
    return found
