"""Counting ledgers anew, so that a page never counts 780,000 rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, prefix_of, within
from wangge.registry.ledgers.models import LedgerCount
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS, Ledger
from wangge.registry.ledgers.outgoing.conditions import Moment
from wangge.registry.ledgers.outgoing.limits import Limits, limits_on
from wangge.registry.ledgers.outgoing.selection import Selection, as_of
from wangge.registry.ledgers.queries.counts import count_by_area, levels_of


def recount(area_code: str) -> int:
    """Count every ledger anew for an area, what lies below it and what it lies in; returns the numbers written.

    Args:
        area_code: where something changed. A grid or community counts its whole community.
    """
    moment = as_of()
    limits = limits_on(moment.day)
    unit = area_code[:12] if len(area_code) == 15 else area_code
    with within(EVERYWHERE):
        inside = sum(_count_inside(ledger, unit, moment, limits) for ledger in LEDGERS)
        return inside + sum(_count_above(ledger, unit, moment, limits) for ledger in LEDGERS)


def recount_all() -> int:
    """Count the whole district anew, as after loading it or once a night (people age and settle)."""
    return recount(limits_on(as_of().day).district)


def _count_inside(ledger: Ledger, unit: str, moment: Moment, limits: Limits) -> int:
    """The area and all below it; areas that have nobody any more get a zero."""
    counts = count_by_area(Selection(ledger, unit, moment, limits))
    prefix = prefix_of(unit)
    numbers = dict.fromkeys(Area.objects.filter(code__startswith=prefix).values_list("code", flat=True), 0)
    return _store(ledger.code, numbers | {code: n for code, n in counts.items() if code.startswith(prefix)})


def _count_above(ledger: Ledger, unit: str, moment: Moment, limits: Limits) -> int:
    """The areas it lies in: who has homes in two communities is one person of their town."""
    numbers = {}
    for above in levels_of(unit):
        if len(prefix_of(above)) < len(prefix_of(unit)):
            parts = Selection(ledger, above, moment, limits).parts()
            numbers[above] = sum(rows.order_by().count() for rows in parts)
    return _store(ledger.code, numbers)


def _store(ledger: str, numbers: Mapping[str, int]) -> int:
    now = timezone.now()
    rows = [LedgerCount(area_code=code, ledger=ledger, count=number, as_of=now) for code, number in numbers.items()]
    with transaction.atomic():
        LedgerCount._base_manager.bulk_create(
            rows, batch_size=1_000, update_conflicts=True, update_fields=["count", "as_of"],
            unique_fields=["area_code", "ledger"],
        )
    return len(rows)


def recount_areas(area_codes: Iterable[str]) -> int:
    """Count several areas anew, each community once."""
    return sum(recount(unit) for unit in sorted({code[:12] for code in area_codes}))
