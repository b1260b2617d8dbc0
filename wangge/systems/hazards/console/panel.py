"""The part of a case's page that hazards add: its inspection, its notices, the file of the place."""

from __future__ import annotations

from typing import Any

from wangge.engines.cases.models import Case

from ..enums import Level
from ..models import Notice, Result
from ..queries.authorities import authority_of


def panel_of(case: Case) -> tuple[str, dict[str, Any]]:
    """Template and context for a hazard."""
    major = case.level == Level.MAJOR
    context = {
        "case": case, "notices": list(Notice.objects.filter(case=case).order_by("at")),
        "found": Result.objects.filter(case=case).select_related("inspection").first(),
        "standard": case.data.get("standard", ""), "major": major,
        "authority": authority_of(case) if major else None,
    }  # fmt: skip
    return "hazards/_panel.html", context
