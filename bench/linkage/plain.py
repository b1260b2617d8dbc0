"""Plain Splink on the same records: its own comparisons, its own estimation, its own clustering."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999)


def link_plainly(given: Path, out: Path) -> None:
    """Clusters at each threshold, a column each, in the order of the records."""
    from splink import DuckDBAPI, Linker

    records = cleaned(pl.read_parquet(given))
    api = DuckDBAPI()
    linker = Linker(api.register(records.to_arrow(), dataset_display_name="records"), settings())
    train(linker)
    pairs = linker.inference.predict(threshold_match_probability=0.4)
    found = {str(at): clusters(linker, pairs, at, records) for at in THRESHOLDS}
    pl.DataFrame(found).write_parquet(out)


def cleaned(records: pl.DataFrame) -> pl.DataFrame:
    """What any user does first: trim, digits of phones and days, halves of an address."""
    return records.select(
        pl.col("record_id").alias("unique_id"),
        pl.col("id_no").str.to_uppercase(),
        pl.col("name").str.replace_all(r"\s", ""),
        pl.col("name").str.replace_all(r"\s", "").str.head(1).alias("surname"),
        pl.col("sex"),
        pl.col("birth").str.replace_all(r"[^0-9]", "").alias("birth"),
        pl.col("phone").str.replace_all(r"[^0-9]", "").str.tail(11),
        pl.col("address").str.replace("^.*区", "").alias("address"),
    )


def settings() -> Any:
    """Comparisons and blocking rules as the documentation shows them."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.LevenshteinAtThresholds("id_no", [1, 2]),
            cl.LevenshteinAtThresholds("name", [1]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("birth", [1, 2]),
            cl.ExactMatch("sex"),
            cl.LevenshteinAtThresholds("phone", [1]),
            cl.LevenshteinAtThresholds("address", [2, 6]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id_no"),
            block_on("name", "birth"),
            block_on("name", "phone"),
            block_on("name", "address"),
            block_on("phone", "birth"),
            block_on("address", "birth"),
        ],
    )


def train(linker: Any) -> None:
    """The usual three steps."""
    from splink import block_on

    sure = [block_on("id_no"), block_on("name", "birth", "phone")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("id_no"))


def clusters(linker: Any, pairs: Any, threshold: float, records: pl.DataFrame) -> list[Any]:
    """The cluster of each record."""
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
    table = found.as_duckdbpyrelation().pl().select("unique_id", "cluster_id")
    return records.join(table, on="unique_id", how="left", maintain_order="left")["cluster_id"].to_list()
