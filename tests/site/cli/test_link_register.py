"""wangge registry link over the register, and wangge registry thresholds."""

from __future__ import annotations

import json
import sys

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY, OTHER_COMMUNITY
from tests.registry.linkage.linkage_cast import doubtful, strangers, twice
from wangge.registry.linkage.models import LinkRun, Pair
from wangge.registry.people.models import Merge
from wangge.site.cli import main


@pytest.fixture
def doubled(ground, everywhere):
    strangers()
    twice()
    doubtful()


def said(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_a_dry_run_shows_the_rules_and_what_would_happen(doubled, capsys):
    assert main(["registry", "link", "--dry-run", "--json"]) == 0
    answer = said(capsys)
    assert (answer["merged"], answer["asked"], answer["dry_run"]) == (1, 1, True)
    assert sum(rule["pairs"] for rule in answer["rules"]) == answer["compared"] > 0
    assert (Merge.objects.count(), Pair.objects.count(), LinkRun.objects.count()) == (0, 0, 0)


def test_a_run_merges_and_asks_and_is_on_record(doubled, capsys):
    assert main(["registry", "link", "--json"]) == 0
    answer = said(capsys)
    assert (answer["merged"], answer["asked"], answer["run"]) == (1, 1, LinkRun.objects.get().pk)
    assert Merge.objects.count() == 1
    assert main(["registry", "link"]) == 0
    assert "0 对归并为一人" in capsys.readouterr().out


def test_an_area_limits_it(doubled, capsys):
    assert main(["registry", "link", "--area", OTHER_COMMUNITY, "--json"]) == 0
    assert said(capsys)["merged"] == 0
    assert main(["registry", "link", "--area", COMMUNITY, "--json"]) == 0
    assert said(capsys)["merged"] == 1


def test_an_unknown_area_is_refused(doubled, capsys):
    assert main(["registry", "link", "--area", "440799", "--json"]) == 1
    assert "440799000000" in said(capsys)["refused"][0]


def test_a_second_run_at_the_same_time_is_refused(doubled, capsys):
    now = timezone.now()
    LinkRun.objects.create(area_code=COMMUNITY, asked_by="x", state="running", beat_at=now, begun_at=now)
    assert main(["registry", "link", "--json"]) == 1
    assert "正在运行" in said(capsys)["refused"][0]
    assert LinkRun.objects.count() == 1


def test_without_spark_it_says_so_and_nothing_is_half_done(doubled, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert main(["registry", "link", "--engine", "spark", "--json"]) == 1
    assert "没有装 Spark" in said(capsys)["refused"][0]
    assert main(["registry", "link", "--engine", "spark", "--dry-run"]) == 1
    assert (Merge.objects.count(), LinkRun.objects.get().state) == (0, "failed")


@pytest.mark.parametrize("words", [["--threshold", "0.5"], ["--out", "x.csv"], ["--labels", "x.csv"]])
def test_what_belongs_to_a_file_is_a_wrong_call(doubled, words):
    with pytest.raises(SystemExit) as left:
        main(["registry", "link", *words])
    assert left.value.code == 2


def test_thresholds_say_when_the_sample_is_too_small(doubled, capsys):
    assert main(["registry", "thresholds", "--json"]) == 0
    answer = said(capsys)
    assert (answer["labels"], answer["enough"], answer["thresholds"]) == (0, False, [])
    assert main(["registry", "thresholds", "--area", COMMUNITY]) == 0
    assert "样本不足" in capsys.readouterr().out
