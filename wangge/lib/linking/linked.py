"""Records in, persons out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from .blocking import Load, check, measure
from .clusters import Clusters, join
from .engines import ENGINES, settled
from .tokens import Rates, prepare

UPPER, LOWER = 0.8, 0.2  # merged above, apart below, asked between; set before any data was seen
KEPT = 0.001  # pairs under this are forgotten at once
Progress = Callable[[str], None]


@dataclass
class Linked:
    """What a run found. pairs: unique_id_l, unique_id_r (rows), match_weight, match_probability from
    ``lower`` up; clusters: which records are one person; loads: pairs looked at, by rule."""

    tokens: pl.DataFrame
    rates: Rates
    loads: list[Load]
    pairs: pl.DataFrame
    clusters: Clusters


def link(
    records: pl.DataFrame,
    *,
    engine: str = "duckdb",
    upper: float = UPPER,
    lower: float = LOWER,
    progress: Progress = lambda _stage: None,
) -> Linked:
    """Find which records are one person.

    Args:
        records: columns as in ``tokens.COLUMNS``. engine: a name in ``ENGINES``. upper, lower: probabilities
            from 0 to 1. progress: told each stage as it begins: preparing, counting, scoring, joining.

    Raises:
        TooManyPairs: a rule would compare too many pairs.
        SparkUnreachable: the engine is Spark and it cannot be reached.
    """
    progress("preparing")
    tokens, rates = prepare(records)
    progress("counting")
    loads = measure(tokens)
    check(loads, tokens.height)
    progress("scoring")
    score = ENGINES[engine]
    rules = [load.rule for load in loads if load.pairs]  # a rule without a pair would only cost a job
    pairs = settled(score(tokens, rates, rules, KEPT) if rules else _none(), rates)
    progress("joining")
    numbers = tokens.select(pl.when("id_ok").then("id").alias("id"))["id"].to_list()
    above = pairs.filter(pl.col("match_probability") >= upper)
    clusters = join(tokens.height, above, numbers)
    return Linked(tokens, rates, loads, pairs.filter(pl.col("match_probability") >= lower), clusters)


def _none() -> pl.DataFrame:
    schema = {"unique_id_l": pl.Int64, "unique_id_r": pl.Int64, "match_weight": pl.Float64}
    return pl.DataFrame(schema={**schema, "match_probability": pl.Float64})
