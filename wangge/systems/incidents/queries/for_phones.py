"""What became of what a worker reported: number and state, for the record's page on her phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries import procedure_of
from wangge.engines.sync.sections import Scope

from ..kinds import SYSTEMS

KEPT = timedelta(days=60)
SLACK = timedelta(seconds=30)  # a step may be committed later than its time says


def matters(scope: Scope) -> list[dict[str, Any]]:
    """The worker's own cases of the last sixty days, by the op of her record; on a delta those with a new
    step. Her own reports wherever they went."""
    rows = Case._base_manager.filter(
        launcher=scope.user, system__in=SYSTEMS, raised_at__gte=timezone.now() - KEPT
    )
    if scope.since is not None:
        rows = rows.filter(steps__at__gte=scope.since - SLACK).distinct()
    return [_row(case) for case in rows.select_related("merged_into").order_by("pk")]


def _row(case: Case) -> dict[str, Any]:
    state = procedure_of(case).state(case.state)
    return {
        "id": str(case.op), "number": case.number, "state": state.label, "over": state.end,
        "into": case.merged_into.number if case.merged_into else "",
    }  # fmt: skip
