"""A small invented district with damaged copies: what is joined is right, and little is missed."""

from __future__ import annotations

import polars as pl
import pytest

from bench.linkage.noise import KNOWN, make_records
from bench.linkage.population import make_people
from wangge.lib.linking import link
from wangge.lib.linking.quality import by_threshold, quality


@pytest.fixture(scope="module")
def district():
    return make_records(make_people(18_000, 3), KNOWN, seed=4)


@pytest.fixture(scope="module")
def run(district):
    return link(district.drop("truth"))


def test_the_persons_found_are_the_persons_there_are(district, run):
    found = quality(run.clusters.leader, district["truth"])
    assert found.precision > 0.995 and found.recall > 0.975


def test_a_higher_threshold_is_surer_and_finds_less(district, run):
    rows = by_threshold(run, district["truth"])
    assert [row.recall for row in rows] == sorted((row.recall for row in rows), reverse=True)
    assert rows[-1].precision >= rows[0].precision


def test_the_order_of_the_records_changes_nothing(district, run):
    turned = district.reverse()
    other = link(turned.drop("truth"))
    names, turned_names = district["record_id"].to_list(), turned["record_id"].to_list()
    ours = {names[row]: names[leader] for row, leader in enumerate(run.clusters.leader)}
    theirs = {turned_names[row]: turned_names[leader] for row, leader in enumerate(other.clusters.leader)}
    assert _partition(ours) == _partition(theirs)


def _partition(leaders):
    groups: dict[str, set[str]] = {}
    for name, leader in leaders.items():
        groups.setdefault(leader, set()).add(name)
    return {frozenset(group) for group in groups.values()}


def test_columns_may_be_missing(district):
    few = district.select("record_id", "name", "phone", "birth")
    found = quality(link(few).clusters.leader, district["truth"])
    assert found.precision > 0.98


def test_quality_without_anything_joined_is_not_known():
    nothing = quality([0, 1], pl.Series(["a", "b"]))
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
