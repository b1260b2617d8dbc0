"""Joining pairs to persons: likeliest first, never two valid numbers in one."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.lib.linking.clusters import join

SCHEMA = {
    "unique_id_l": pl.Int64,
    "unique_id_r": pl.Int64,
    "match_weight": pl.Float64,
    "match_probability": pl.Float64,
}
SIZE = 12
PAIRS = st.lists(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.floats(1, 30)).filter(
        lambda p: p[0] != p[1]
    ),
    max_size=40,
)
NUMBERS = st.lists(st.sampled_from([None, None, "A", "B", "C"]), min_size=SIZE, max_size=SIZE)


def _frame(pairs):
    return pl.DataFrame([(*sorted(p[:2]), p[2], 0.9) for p in pairs], schema=SCHEMA, orient="row")


@settings(max_examples=200, deadline=None)
@given(PAIRS, NUMBERS)
def test_no_person_has_two_numbers(pairs, numbers):
    found = join(SIZE, _frame(pairs), numbers)
    held: dict[int, set[str]] = {}
    for row, leader in enumerate(found.leader):
        held.setdefault(leader, set()).update({numbers[row]} - {None})
    assert all(len(each) <= 1 for each in held.values())


@settings(max_examples=100, deadline=None)
@given(PAIRS)
def test_without_numbers_persons_are_what_hangs_together(pairs):
    found = join(SIZE, _frame(pairs), [None] * SIZE)
    for left, right, _weight in pairs:
        assert found.leader[left] == found.leader[right]
    assert all(found.leader[leader] == leader for leader in found.leader)


@settings(max_examples=50, deadline=None)
@given(PAIRS, NUMBERS, st.randoms())
def test_the_order_of_the_pairs_changes_nothing(pairs, numbers, rng):
    once = {tuple(sorted(p[:2])): p for p in pairs}  # one weight a pair
    rows = list(once.values())
    first = join(SIZE, _frame(rows), numbers).leader
    rng.shuffle(rows)
    assert join(SIZE, _frame(rows), numbers).leader == first


def test_the_likelier_pair_wins_a_record_without_a_number():
    pairs = _frame([(0, 1, 20.0), (1, 2, 5.0)])
    found = join(3, pairs, ["A", None, "B"])
    assert found.leader == [0, 0, 2] and found.refused == [(1, 2)]
