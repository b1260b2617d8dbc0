"""What the field asks to be whistled for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wangge.foundation.access.queries import reach_for

from ..models import Hint


def open_hints(actor: Any) -> QuerySet[Hint]:
    """Those that wait, where the actor runs the area; the oldest first."""
    rows = Hint.objects.filter(reach_for(actor, "campaign.manage").q("area_code"), answered_at=None)
    return rows.order_by("at", "pk")
