"""The part of a case's page that tours add: on which tour and where it was raised."""

from __future__ import annotations

from typing import Any

from wangge.engines.cases.models import Case

from ..models import Problem
from ..queries.places import name_of


def panel_of(case: Case) -> tuple[str, dict[str, Any]] | None:
    """Template and context for a problem of a tour."""
    row = Problem._base_manager.filter(case=case).select_related("stop__tour").first()
    if row is None:
        return None
    return "tours/_panel.html", {"tour": row.stop.tour, "where": name_of(row.stop)}
