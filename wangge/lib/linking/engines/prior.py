"""How many pairs of one person there are, told by the pairs themselves."""

from __future__ import annotations

import math

import polars as pl

from ..evidence import prior
from ..tokens import Rates

SURE = 0.99


def settled(pairs: pl.DataFrame, rates: Rates) -> pl.DataFrame:
    """The pairs with weight and probability moved to the number of true pairs there seem to be, told by those
    that are sure already. One step and bounded: a file in which everybody looks alike must not teach us that
    they are one person. The shares of the evidence stay as they are."""
    every = max(rates.records * (rates.records - 1) / 2, 1.0)
    before = prior(rates)
    sure = int((pairs["match_probability"] >= SURE).sum())
    share = min(max(sure / every, before / 4), before * 12, 0.05)
    shift = _odds(share) - _odds(before)
    moved = pairs["match_weight"] + shift
    return pairs.with_columns(moved.alias("match_weight"), (1 / (1 + 2**-moved)).alias("match_probability"))


def _odds(share: float) -> float:
    return math.log2(share / (1 - share))
