"""Alerts of whistles, for the page and the board."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Alert
from .rates import last_month


def newest_alerts() -> QuerySet[Alert]:
    """Those of the last month that is over, inside the reach."""
    rows = Alert.objects.filter(month=last_month().since).select_related("unit")
    return rows.order_by("area_code", "side", "pk")
