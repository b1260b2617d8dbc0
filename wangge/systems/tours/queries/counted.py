"""What is counted at the stops of a tour: each table is read once for all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.queries.counts import CountTable
from wangge.lib.counting import shares_at
from wangge.lib.figures import Offer, Period, Share, offered
from wangge.lib.scoping import inside_any, prefix_of
from wangge.registry.people.models import Estate
from wangge.registry.people.queries.counts import present_counts
from wangge.registry.people.queries.places import estate_counts

DAYS = 30  # the period of shares
Areas = Sequence[str]


@dataclass(frozen=True)
class Numbers:
    """All by area: ``register`` as ``register_counts`` has it, ``beside`` what other floors put beside areas,
    ``open`` also by system: how many matters are open and late; estates by their key."""

    at: datetime
    register: dict[str, dict[str, Any]]
    grids: Counter[str]
    beside: CountTable
    open: dict[tuple[str, str], tuple[int, int]]
    shares: dict[str, list[tuple[Offer, list[Share]]]]
    estates: dict[int, dict[str, int]]


def numbers_at(areas: Areas, estates: Sequence[Estate], now: datetime) -> Numbers:
    """Counted now from rows, aggregates only, inside the reach."""
    areas = sorted(set(areas))
    return Numbers(
        now, present_counts(areas), _grids(areas), territory.counts_for(areas), _open(areas, now),
        _shares(areas), estate_counts(estates),
    )  # fmt: skip


def period_now() -> Period:
    """The last thirty days."""
    today = timezone.localdate()
    return Period(today - timedelta(days=DAYS - 1), today)


def _grids(areas: Areas) -> Counter[str]:
    grids = territory.areas_in_reach(Level.GRID).filter(inside_any(areas, "code"))
    codes = list(grids.values_list("code", flat=True))
    return Counter(area for code in codes for area in _holding(code, areas))


def _open(areas: Areas, now: datetime) -> dict[tuple[str, str], tuple[int, int]]:
    rows = Case.objects.filter(inside_any(areas), closed_at=None).order_by()
    counts = {"number": Count("pk"), "over": Count("pk", filter=Q(due_at__lt=now))}
    found: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for code, system, number, over in rows.values_list("area_code", "system").annotate(**counts):
        for area in _holding(code, areas):
            before = found[area, system]
            found[area, system] = (before[0] + number, before[1] + over)
    return found


def _holding(code: str, areas: Areas) -> Iterator[str]:
    return (area for area in areas if code.startswith(prefix_of(area)))


def _shares(areas: Areas) -> dict[str, list[tuple[Offer, list[Share]]]]:
    """The shares of each offer; one that counts the same rows as another does not read them again."""
    offers = offered()
    told = shares_at([each for offer in offers for each in offer.indicators], period_now(), areas)
    found: dict[str, list[tuple[Offer, list[Share]]]] = {}
    for area, shares in told.items():
        rest = iter(shares)
        found[area] = [(offer, [next(rest) for _each in offer.indicators]) for offer in offers]
    return found
