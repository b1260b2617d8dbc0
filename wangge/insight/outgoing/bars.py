"""Twelve small bars: how a figure went month by month. Drawn without script or style, so that they print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

STEP, WIDE, HIGH = 10.0, 7.0, 28.0


@dataclass(frozen=True)
class Bar:
    """One month: where its bar stands, and what it says. Without a figure it is a short line at the foot."""

    x: float
    y: float
    high: float
    says: str
    empty: bool
    last: bool


def bars_of(
    months: Sequence[tuple[date, Fraction | None, str]], highest: Fraction | None = None
) -> list[Bar]:
    """The bars, the tallest as high as there is room.

    Args:
        months: first day, value, its words. highest: what the full height means; None is the largest value.
    """
    top = highest or max(
        (value for _month, value, _words in months if value is not None), default=Fraction(0)
    )
    found = []
    for at, (month, value, words) in enumerate(months):
        share = float(min(value / top, Fraction(1))) if value is not None and top > 0 else 0.0
        high = max(round(share * HIGH, 1), 1.0)
        says = f"{month:%Y-%m} {words}"
        found.append(Bar(at * STEP, HIGH - high, high, says, value is None, at == len(months) - 1))
    return found
