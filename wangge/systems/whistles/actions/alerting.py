"""A figure out of its bounds is said once."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from wangge.engines.cases.models import Unit
from wangge.foundation.journal import actions as journal
from wangge.lib.figures import Share

from ..models import Alert

TELL = ["street", "district"]


def alert(*, area: str, month: date, side: str, share: Share, bound: float, unit: Unit | None = None) -> bool:
    """Tell street and district of it; False where it was told before.

    Args:
        month: its first day. side: see ``enums.Side``. share: part and whole as they are now.
    """
    if Alert._base_manager.filter(area_code=area, month=month, side=side, unit=unit).exists():
        return False
    try:
        with transaction.atomic():
            row = Alert._base_manager.create(
                area_code=area, month=month, side=side, unit=unit, part=share.part, whole=share.whole,
                bound=bound,
            )  # fmt: skip
            data = {"month": month.isoformat(), "side": str(side), "unit": unit.key if unit else "",
                    "part": share.part, "whole": share.whole, "tells": TELL}  # fmt: skip
            journal.record("whistle.alerted", actor="clock", area=area, subject=row, data=data)
    except IntegrityError:  # a sweep at the same moment
        return False
    return True
