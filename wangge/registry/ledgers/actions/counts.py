"""Counting ledgers anew, so that a page never counts 780,000 rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

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
        return sum(_recount(ledger, unit, moment, limits) for ledger in LEDGERS)


def recount_all() -> int:
    """Count the whole district anew, as after loading it or once a night (people age and settle)."""
    return recount(limits_on(as_of().day).district)


def _recount(ledger: Ledger, unit: str, moment: Moment, limits: Limits) -> int:
    counts = count_by_area(Selection(ledger, unit, moment, limits))
    prefix = prefix_of(unit)
    below = {code: number for code, number in counts.items() if code.startswith(prefix)}
    for above in levels_of(unit):
        if above != unit and len(prefix_of(above)) < len(prefix):
            parts = Selection(ledger, above, moment, limits).parts()
            below[above] = sum(rows.order_by().count() for rows in parts)
    return _store(ledger.code, prefix, Counter(below))


def _store(ledger: str, prefix: str, counts: Counter[str]) -> int:
    """Write the numbers; areas inside ``prefix`` that have nobody any more get a zero."""
    inside = Area.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = dict.fromkeys(inside, 0) | dict(counts)
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
