"""A briefing is taken along as a file: the trail says that it was, not what stood in it."""

from __future__ import annotations

from typing import Any

from wangge.foundation.journal import actions as journal

from ..models import Tour


def note_briefing(*, actor: Any, tour: Tour, form: str, stops: int) -> None:
    """Write it down.

    Args:
        form: docx or pdf. stops: of how many stops it tells.
    """
    data = {"form": form, "stops": stops}
    journal.record("tour.briefed", actor=actor, area=tour.area_code, subject=tour, data=data)
