"""The same settings on Spark give the same persons."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

from bench.linkage.noise import KNOWN, make_records
from bench.linkage.population import make_people
from wangge.lib.linking import SparkUnreachable, link

HAS_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
needs_spark = pytest.mark.skipif(
    not HAS_SPARK, reason="Spark tests skipped: pyspark or Java is missing here."
)


@needs_spark
def test_spark_finds_the_persons_duckdb_finds():
    records = make_records(make_people(270, 5), KNOWN, seed=6).drop("truth")
    ours, theirs = link(records), link(records, engine="spark")
    assert ours.clusters.leader == theirs.clusters.leader
    assert len(set(ours.clusters.leader)) < records.height


@needs_spark
def test_a_cluster_that_does_not_answer_is_said_to_be_unreachable(monkeypatch):
    monkeypatch.setenv("WANGGE_SPARK_MASTER", "nonsense://nowhere")
    with pytest.raises(SparkUnreachable) as refused:
        link(make_records(make_people(50, 5), KNOWN).drop("truth"), engine="spark")
    assert refused.value.why == "unreachable"


def test_without_pyspark_it_is_said_to_be_missing(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SparkUnreachable) as refused:
        link(make_records(make_people(50, 5), KNOWN).drop("truth"), engine="spark")
    assert refused.value.why == "missing"
