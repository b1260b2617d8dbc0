"""Spark, on this machine or a cluster: for a province."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import polars as pl

from ..blocking import Rule
from ..tokens import Rates
from .model import PAIR_COLUMNS, settings

PARTS = 2 * (os.cpu_count() or 1)
NO_JAVA = "JAVA_GATEWAY_EXITED"  # what pyspark says when no Java starts; a stack trace also says "java"
MASTER = "WANGGE_SPARK_MASTER"  # spark://host:7077; this machine's cores when not set


class SparkUnreachable(Exception):
    """Spark cannot be started or reached; says why in a word: missing, java, unreachable."""

    def __init__(self, why: str, detail: str = "") -> None:
        self.why = why
        super().__init__(detail or why)


def score_on_spark(tokens: pl.DataFrame, rates: Rates, rules: Sequence[Rule], least: float) -> pl.DataFrame:
    """Pairs with at least this probability, columns as ``PAIR_COLUMNS``.

    What Spark puts on disk while it shuffles is encrypted; nothing is checkpointed.

    Raises:
        SparkUnreachable: pyspark or Java is missing, or no cluster answers.
    """
    session = _session()
    try:
        from splink import Linker, SparkAPI

        api = SparkAPI(
            spark_session=session, break_lineage_method="persist", num_partitions_on_repartition=PARTS
        )
        frame = session.createDataFrame(tokens.to_arrow())
        data = api.register(frame, dataset_display_name="records")
        found = Linker(data, settings(rates, rules, "spark"), log_level=None).inference.predict(
            threshold_match_probability=least
        )
        rows = session.sql(f"SELECT {', '.join(PAIR_COLUMNS)} FROM {found.physical_name}")
        return pl.from_arrow(rows.toArrow())  # type: ignore[return-value]
    finally:
        session.stop()


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkUnreachable("missing") from error
    master = os.environ.get(MASTER) or f"local[{os.cpu_count() or 1}]"
    builder = SparkSession.builder.master(master).appName("wangge-link")
    for key, value in _OPTIONS.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
        session.range(1).count()  # a cluster answers only when asked for work
    except Exception as error:
        raise SparkUnreachable(
            "java" if NO_JAVA in str(error) else "unreachable", type(error).__name__
        ) from error
    return session


_OPTIONS = {
    "spark.io.encryption.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": str(PARTS),
    "spark.driver.memory": "2g",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.network.timeout": "60s",
    "spark.cores.max": "8",
    "spark.log.level": "OFF",
    "spark.sql.codegen.wholeStage": "false",  # the evidence is one expression, too long to be compiled
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}
