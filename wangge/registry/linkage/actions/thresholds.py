"""From where on pairs are merged and asked about."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.territory.actions import change_setting
from wangge.registry.people.rules import Declined

from ..pipeline.limits import LOWER, UPPER, Limits

LEAST_UPPER = 0.5  # below an even chance nobody is merged unseen


def set_thresholds(*, actor: Any, upper: float, lower: float) -> Limits:
    """Set both thresholds for the district, from today on.

    Args:
        upper: 0.5 … 0.9999. lower: over 0 and under ``upper``.

    Raises:
        Declined: outside these bounds.
    """
    if not LEAST_UPPER <= upper <= 0.9999:
        raise Declined("upper", _("自动合并的阈值应在 0.5 和 0.9999 之间。"))
    if not 0 < lower < upper:
        raise Declined("lower", _("询问的阈值应大于 0，小于自动合并的阈值。"))
    with transaction.atomic():
        change_setting(actor=actor, key=UPPER, value=round(upper, 4))
        change_setting(actor=actor, key=LOWER, value=round(lower, 4))
    return Limits(upper, lower)
