"""DuckDB in this process: a million records in seconds."""

from __future__ import annotations

import os
from collections.abc import Sequence

import polars as pl

from ..blocking import Rule
from ..tokens import Rates
from .model import PAIR_COLUMNS, settings


def score_on_duckdb(tokens: pl.DataFrame, rates: Rates, rules: Sequence[Rule], least: float) -> pl.DataFrame:
    """Pairs with at least this probability, columns as ``PAIR_COLUMNS``.

    Nothing is written to disk: without room in memory a run fails instead of spilling values in clear.
    """
    import duckdb
    from splink import DuckDBAPI, Linker

    with duckdb.connect(":memory:") as connection:
        connection.execute(f"SET threads = {os.cpu_count() or 1}")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET temp_directory = ''; SET preserve_insertion_order = false")
        connection.register("tokens_given", tokens.to_arrow())
        api = DuckDBAPI(connection)
        data = api.register("tokens_given", dataset_display_name="records")
        found = Linker(data, settings(rates, rules, "duckdb"), log_level=None).inference.predict(
            threshold_match_probability=least
        )
        return connection.sql(f"SELECT {', '.join(PAIR_COLUMNS)} FROM {found.physical_name}").pl()
