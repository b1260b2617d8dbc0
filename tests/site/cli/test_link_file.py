"""wangge registry link --records: any file of an office, answered as promised, the register untouched."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.lib.linking.record_cast import HOME, crowd, frame, id_of, row
from wangge.site.cli import main

ROWS = [
    row("陈志强", id_no=id_of("1980-05-06", 123), phone="10012345678", address=HOME),
    row("陳志強", birth="1980-05-06", phone="10012345678", address=HOME),
]


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "名单.csv"
    frame(*ROWS, *crowd()).write_csv(path)
    return path


def _link(*words):
    return main(["registry", "link", *map(str, words)])


def test_every_record_gets_its_person(records, tmp_path, capsys):
    out = tmp_path / "clusters.csv"
    assert _link("--records", records, "--out", out, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    found = pl.read_csv(out, infer_schema=False)
    assert found.columns == ["record_id", "cluster", "probability"] and found.height == answer["records"]
    assert found["cluster"].to_list()[:3] == ["0", "0", "2"] and answer["linked"] == 1
    assert 0.8 <= float(found["probability"][1]) <= 1


@pytest.mark.parametrize("form", ["gb18030", "parquet", "chinese headers"])
def test_the_forms_offices_use_are_read(form, tmp_path, capsys):
    table = frame(*ROWS, *crowd())
    path = tmp_path / ("r.parquet" if form == "parquet" else "r.csv")
    if form == "parquet":
        table.write_parquet(path)
    elif form == "gb18030":
        path.write_bytes(table.write_csv().encode("gb18030"))
    else:
        table.rename(
            {"id_no": "身份证号", "name": "姓名", "phone": "联系电话", "record_id": "编号"}
        ).write_csv(path)
    assert _link("--records", path, "--out", tmp_path / "o.csv", "--json") == 0
    assert json.loads(capsys.readouterr().out)["linked"] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "没有记录"),
        ("record_id,name\n", "没有记录"),
        ("name,phone\n甲,1\n", "record_id"),
        ("record_id,name\n1,甲\n1,乙\n", "重复"),
        ("record_id,colour\n1,red\n", "没有可以比对的列"),
        ("record_id,name\n,甲\n", "record_id"),
    ],
)
def test_a_file_that_cannot_be_linked_is_refused_in_words(content, said, tmp_path, capsys):
    path = tmp_path / "坏.csv"
    path.write_text(content, encoding="utf-8")
    out = tmp_path / "o.csv"
    assert _link("--records", path, "--out", out) == 1
    assert said in capsys.readouterr().err and not out.exists()


def test_a_parquet_that_is_none_is_refused(tmp_path, capsys):
    path = tmp_path / "x.parquet"
    path.write_bytes(b"nothing")
    assert _link("--records", path, "--out", tmp_path / "o.csv", "--json") == 1
    assert "读不出来" in json.loads(capsys.readouterr().out)["refused"][0]


def test_a_missing_file_is_refused(tmp_path):
    assert _link("--records", tmp_path / "none.csv", "--out", tmp_path / "o.csv") == 1


def test_a_dry_run_counts_the_pairs_of_each_rule(records, capsys):
    assert _link("--records", records, "--dry-run", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["pairs"] == sum(rule["pairs"] for rule in answer["rules"]) > 0


def test_labels_give_precision_and_recall(records, tmp_path, capsys):
    labels = tmp_path / "l.csv"
    labels.write_text("record_id,person\n0,a\n1,a\n2,b\n", encoding="utf-8")
    assert _link("--records", records, "--labels", labels, "--out", tmp_path / "o.csv", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["quality"]
    assert rows[0]["recall"] == rows[0]["precision"] == 1.0


def test_values_of_persons_are_not_printed(records, tmp_path, capsys):
    _link("--records", records, "--out", tmp_path / "o.csv")
    said = capsys.readouterr()
    assert "10012345678" not in said.out + said.err and "陈志强" not in said.out + said.err


@pytest.mark.parametrize(
    "words", [["--records", "x.csv"], ["--records", "x", "--out", "y", "--threshold", "2"]]
)
def test_a_wrong_call_is_two(words):
    with pytest.raises(SystemExit) as left:
        _link(*words)
    assert left.value.code == 2
