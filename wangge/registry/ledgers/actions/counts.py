"""Counting ledgers anew, so that a page never counts 780,000 rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, prefix_of, within
from wangge.registry.ledgers.models import LedgerCount
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS, Ledger
from wangge.registry.ledgers.outgoing.conditions import Moment
from wangge.registry.ledgers.outgoing.limits import Limits, limits_on
from wangge.registry.ledgers.outgoing.selection import Selection, as_of
from wangge.registry.ledgers.queries.counts import count_by_area, levels_of

LOOK_BACK = timedelta(hours=26)  # the whole district is counted once a day
READINGS = ("person.revealed", "organisation.revealed", "person.viewed")


def recount(*area_codes: str) -> int:
    """Count every ledger anew for areas, what lies below and above them; returns the numbers written.

    Args:
        area_codes: where something changed. A grid counts its whole community.
    """
    moment = as_of()
    limits = limits_on(moment.day)
    units = sorted({code[:12] for code in area_codes})
    above = {
        level for unit in units for level in levels_of(unit) if len(prefix_of(level)) < len(prefix_of(unit))
    }
    with within(EVERYWHERE):
        inside = sum(_count_inside(ledger, unit, moment, limits) for unit in units for ledger in LEDGERS)
        return inside + sum(_count_above(ledger, above, moment, limits) for ledger in LEDGERS)


def recount_all() -> int:
    """Count the whole district anew, as after loading it or once a night (people age and settle)."""
    return recount(limits_on(as_of().day).district)


def _count_inside(ledger: Ledger, unit: str, moment: Moment, limits: Limits) -> int:
    """The area and all below it; areas that have nobody any more get a zero."""
    counts = count_by_area(Selection(ledger, unit, moment, limits))
    prefix = prefix_of(unit)
    numbers = dict.fromkeys(Area.objects.filter(code__startswith=prefix).values_list("code", flat=True), 0)
    return _store(ledger.code, numbers | {code: n for code, n in counts.items() if code.startswith(prefix)})


def _count_above(ledger: Ledger, areas: Iterable[str], moment: Moment, limits: Limits) -> int:
    """The areas they lie in: who has homes in two communities is one person of their town."""
    numbers = {}
    for area in areas:
        parts = Selection(ledger, area, moment, limits).parts()
        numbers[area] = sum(rows.order_by().count() for rows in parts)
    return _store(ledger.code, numbers)


def _store(ledger: str, numbers: Mapping[str, int]) -> int:
    now = timezone.now()
    rows = [
        LedgerCount(area_code=code, ledger=ledger, count=number, as_of=now)
        for code, number in numbers.items()
    ]
    with transaction.atomic():
        LedgerCount._base_manager.bulk_create(
            rows,
            batch_size=1_000,
            update_conflicts=True,
            update_fields=["count", "as_of"],
            unique_fields=["area_code", "ledger"],
        )
    return len(rows)


def recount_touched() -> int:
    """Sweep: count communities anew in which the trail names a person or tie changed since the last count."""
    since = timezone.now() - LOOK_BACK
    with within(EVERYWHERE):
        changes = Q(subject_type__startswith="people.") | Q(subject_type="ledgers.case")
        changed = Entry.objects.filter(changes, at__gte=since).exclude(kind__in=READINGS)
        latest: dict[str, datetime] = {}
        for code, at in changed.order_by("at").values_list("area_code", "at"):
            latest[code[:12]] = at
        counted = dict(LedgerCount.objects.filter(ledger=LEDGERS[0].code).values_list("area_code", "as_of"))
    due = [unit for unit, at in latest.items() if unit not in counted or counted[unit] < at]
    return recount(*due) if due else 0
