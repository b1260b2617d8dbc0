"""One figure: part ÷ whole, exact; two decimals are shown, comparisons use the exact value (spec 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Shape(Enum):
    """How a figure is shown: a share in per cent, a mean, or a bare number."""

    SHARE = "share"
    MEAN = "mean"
    NUMBER = "number"


@dataclass(frozen=True)
class Figure:
    """``value`` is None where there is nothing to divide by; a share is 1 at 100 %."""

    part: Fraction
    whole: Fraction
    shape: Shape = Shape.SHARE

    @property
    def value(self) -> Fraction | None:
        """Exact."""
        if self.shape is Shape.NUMBER:
            return self.part
        return self.part / self.whole if self.whole else None

    @property
    def is_number(self) -> bool:
        """Whether there is no denominator at all."""
        return self.shape is Shape.NUMBER

    @property
    def shown_part(self) -> str:
        """As a page writes it: whole numbers with their thousands apart, halves with a decimal."""
        return plain(self.part)

    @property
    def shown_whole(self) -> str:
        """The same of the denominator."""
        return plain(self.whole)

    def __str__(self) -> str:
        value = self.value
        if value is None:
            return "—"
        if self.shape is Shape.SHARE:
            return f"{hundredths(100 * value)}%"
        return hundredths(value) if self.shape is Shape.MEAN else plain(value)


def plain(number: Fraction) -> str:
    """1,054; 35.5."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    return f"{float(number):,.2f}".rstrip("0")


def hundredths(number: Fraction) -> str:
    """Two decimals of the exact value, a half upwards: 0.125 is 0.13 whatever a float makes of it."""
    cents = int(abs(number) * 100 + Fraction(1, 2))
    return f"{'-' if number < 0 and cents else ''}{cents // 100}.{cents % 100:02d}"
