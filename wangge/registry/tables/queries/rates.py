"""The two rates of burden (spec 4.1): 一次录入率 and 报表压减率, with the rows they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from ..models import Fill, TableRequest
from .burden import fills_of
from .periods import Month


@dataclass
class Rate:
    """part ÷ whole, or 1 − part ÷ whole; ``percent`` is unrounded, as text it has two decimals."""

    part: int
    whole: int
    reduction: bool = False
    part_rows: Sequence[Any] = field(default_factory=list)
    whole_rows: Sequence[Any] = field(default_factory=list)

    @property
    def percent(self) -> float | None:
        """Per cent; None where there is nothing to divide by."""
        if not self.whole:
            return None
        share = self.part / self.whole
        return 100 * (1 - share if self.reduction else share)

    def __str__(self) -> str:
        return "—" if self.percent is None else f"{self.percent:.2f}%"


def entered_once(month: Month) -> Rate:
    """一次录入率: tables the register filled with no column left to the hand ÷ tables filled in the month.
    Ledgers are computed and never filled by hand: counting them would only flatter the rate."""
    fills: list[Fill] = fills_of(month)
    last = {
        fill.request_id: fill for fill in fills
    }  # a table filled several times counts by its last filling
    whole = [last[key] for key in sorted(last)]
    part = [fill for fill in whole if not (fill.request.new_columns or fill.request.asked_columns)]
    return Rate(len(part), len(whole), False, part, whole)


@dataclass
class Reduction:
    """报表压减率 by tables and by items between the end of one month and the end of another."""

    before: Month
    now: Month
    tables: Rate
    items: Rate


def reduction(now: Month, before: Month | None = None) -> Reduction:
    """报表压减率: 1 − tables in force now ÷ tables in force before, and the same for their columns.

    Args:
        before: the month to compare with; None: the same month a year earlier.
    """
    before = before or now.later(-12)
    held, was = in_force(now), in_force(before)
    return Reduction(
        before,
        now,
        Rate(len(held), len(was), True, held, was),
        Rate(items_of(held), items_of(was), True, held, was),
    )


def in_force(month: Month) -> list[TableRequest]:
    """The tables departments asked for and had not closed when the month ended."""
    open_still = Q(closed_at=None) | Q(closed_at__gte=month.end)
    return list(TableRequest.objects.filter(open_still, created_at__lt=month.end).order_by("pk"))


def items_of(requests: Sequence[TableRequest]) -> int:
    """How many items (columns) tables have."""
    return sum(request.columns for request in requests)
