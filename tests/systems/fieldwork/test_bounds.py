"""At most how many can have been missed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.systems.fieldwork.queries.bounds import _at_most, most_missed, upper_bound

# One-sided 95 % bounds, from tables of the beta distribution: missed, drawn, bound.
KNOWN = [(0, 10, 0.258866), (1, 10, 0.394163), (2, 20, 0.282619), (5, 100, 0.102253), (10, 10, 1.0)]


@pytest.mark.parametrize(("missed", "drawn", "bound"), KNOWN)
def test_the_bound_is_that_of_the_tables(missed: int, drawn: int, bound: float) -> None:
    assert upper_bound(missed, drawn) == pytest.approx(bound, abs=2e-6)


def test_the_rule_of_three_comes_close_and_is_never_below() -> None:
    for drawn in (30, 100, 1_000, 40_000):
        assert upper_bound(0, drawn) <= 3 / drawn
        assert upper_bound(0, drawn) == pytest.approx(3 / drawn, rel=0.06)


@given(st.integers(1, 3_000), st.data())
def test_the_bound_allows_what_was_seen_with_five_per_cent(drawn: int, data: st.DataObject) -> None:
    missed = data.draw(st.integers(0, min(drawn - 1, 40)))
    bound = upper_bound(missed, drawn)
    assert missed / drawn < bound <= 1
    assert math.isclose(_at_most(missed, drawn, bound), 0.05, rel_tol=1e-4)
    assert most_missed(missed, drawn, 10_000) <= most_missed(missed + 1, drawn, 10_000) <= 10_000


def test_nothing_drawn_says_nothing() -> None:
    for missed, drawn in ((0, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError):
            upper_bound(missed, drawn)
