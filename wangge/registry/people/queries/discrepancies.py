"""Records that contradict themselves, as the worklist asks for them."""

from __future__ import annotations

from django.db.models import QuerySet

from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import DiscrepancyState
from ..models import Discrepancy


def discrepancies(
    state: str = DiscrepancyState.OPEN, *, area: str = "", rule: str = ""
) -> QuerySet[Discrepancy]:
    """Those in a state, in reach; waiting ones as they were raised, others the newest decision first."""
    rows = Discrepancy.objects.filter(prefix_filter("area_code", prefix_of(area)), state=state)
    rows = rows.filter(rule=rule) if rule else rows
    order = ("pk",) if state == DiscrepancyState.OPEN else ("-decided_at", "-pk")
    return rows.select_related("person", "household__room__building").order_by(*order)


def discrepancies_open(area: str = "") -> QuerySet[Discrepancy]:
    """Those that wait, in no order: to count."""
    return discrepancies(area=area).order_by()
