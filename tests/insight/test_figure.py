"""A figure is exact; two decimals are shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.insight.indicators.figure import Figure, Shape, hundredths, plain


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (911, 972, "93.72%"), (737, 972, "75.82%"), (902, 956, "94.35%"), (9, 16, "56.25%"),
        (39, 72, "54.17%"), (0, 5, "0.00%"), (0, 0, "—"), (1, 3, "33.33%"), (2, 3, "66.67%"),
        (1, 80_000, "0.00%"), (1, 8_000, "0.01%"), (1005, 100_000, "1.01%"), (20_000, 20_001, "100.00%"),
    ],
)  # fmt: skip
def test_shares(part, whole, told):
    assert str(Figure(Fraction(part), Fraction(whole))) == told


def test_means_and_numbers():
    assert str(Figure(Fraction(7), Fraction(3), Shape.MEAN)) == "2.33"
    assert str(Figure(Fraction(0), Fraction(0), Shape.MEAN)) == "—"
    assert str(Figure(Fraction(1054), Fraction(0), Shape.NUMBER)) == "1,054"
    assert plain(Fraction(71, 2)) == "35.5"


@given(st.fractions(min_value=0, max_value=10**9))
def test_two_decimals_are_never_further_off_than_half_a_hundredth(number):
    assert abs(Fraction(hundredths(number)) - number) <= Fraction(1, 200)
