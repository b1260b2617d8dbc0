"""Pairs are counted before they are made, and too many are refused by name."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest

from tests.lib.linking.record_cast import frame, row
from wangge.lib.linking import Load, Rule, TooManyPairs, check, link, measure, prepare


def test_the_count_is_that_of_the_pairs():
    rows = [
        row(f"陈志{'强墙伟'[n % 3]}", birth=f"1980-05-0{n % 2 + 1}", phone=f"1001234567{n % 4}")
        for n in range(12)
    ]
    tokens, _rates = prepare(frame(*rows))
    for load in measure(tokens):
        if load.rule.lists:
            continue
        keys = tokens.select(load.rule.keys).rows()
        brute = sum(one == other and None not in one for one, other in combinations(keys, 2))
        assert load.pairs == brute, load.rule.code


def test_a_value_that_everybody_shares_is_refused_with_the_rule():
    rows = [row("测试", birth="1980-01-02", address=f"胜利路{n}号") for n in range(1_000)]
    with pytest.raises(TooManyPairs) as refused:
        link(frame(*rows))
    assert refused.value.load.rule.code == "sound_birth" and refused.value.load.largest == 1_000


def test_a_usual_load_passes():
    check([Load(Rule("x", ("name",)), 50_000, 3)], 1_000)


def test_no_rule_compares_all_with_all():
    tokens, _rates = prepare(frame(*[row(f"人{n}") for n in range(500)]))
    assert sum(load.pairs for load in measure(tokens)) == 0


def test_a_missing_value_blocks_nothing():
    tokens, _rates = prepare(pl.DataFrame({"record_id": ["1", "2", "3"], "name": ["", None, " "]}))
    assert sum(load.pairs for load in measure(tokens)) == 0
