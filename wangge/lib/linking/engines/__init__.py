"""Splink scores the pairs, on DuckDB in this process or on Spark, with the same settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from ..blocking import Rule
from ..tokens import Rates
from .in_process import score_on_duckdb
from .on_spark import SparkUnreachable, score_on_spark
from .prior import settled

Score = Callable[[pl.DataFrame, Rates, Sequence[Rule], float], pl.DataFrame]
ENGINES: dict[str, Score] = {"duckdb": score_on_duckdb, "spark": score_on_spark}

__all__ = ["ENGINES", "Score", "SparkUnreachable", "settled"]
