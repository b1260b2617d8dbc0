"""Who may plan a tour, and who may raise something on one."""

from __future__ import annotations

from typing import Any

from wangge.foundation.access.queries import may

from .models import Tour

PLANS = ("campaign.manage",)
RAISES = ("decision.make", "campaign.manage")  # a leader decides on her phone, who plans may note too
SEES = RAISES


def may_plan(actor: Any, area_code: str) -> bool:
    """Whether she may send a tour there."""
    return isinstance(actor, str) or may(actor, "campaign.manage", area_code)


def may_change(actor: Any, tour: Tour) -> bool:
    """Only who may plan for all of it; who has but one of its stops reads."""
    return may_plan(actor, tour.area_code)


def may_decide(actor: Any, area_code: str) -> bool:
    """Whether she may give work to a unit on the spot."""
    return isinstance(actor, str) or may(actor, "decision.make", area_code)


def may_raise(actor: Any, area_code: str) -> bool:
    """Whether she may note a problem there."""
    return isinstance(actor, str) or any(may(actor, right, area_code) for right in RAISES)
