"""Who may plan a session and say that it was held."""

from __future__ import annotations

from typing import Any

from wangge.foundation.access.queries import may

PLANS = "campaign.manage"
SEES = "duty.view"


def may_plan(actor: Any, area_code: str) -> bool:
    """Whether she may plan, hold and correct there, and put materials in for there."""
    return isinstance(actor, str) or may(actor, PLANS, area_code)
