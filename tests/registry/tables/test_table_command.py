"""``wangge table fill``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cast import COMMUNITY
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, lives, make_areas
from tests.registry.tables.blanks import WHO, blank
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.tables.models import TableRequest
from wangge.site.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settled(db: None, settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    with within(EVERYWHERE):
        make_areas()
        lives(a_person("欧阳一", phone="10000004567", sex="2"), since=ago(400))
        lives(a_person("欧阳二", sex="1"), since=ago(400), room=a_room(door="102"))


def _run(folder: Path, *words: str, columns: tuple[str, ...] = WHO, name: str = "登记表.xlsx") -> int:
    path = folder / name
    if not path.exists():
        path.write_bytes(blank(columns).getvalue())
    out = str(folder / "out.xlsx")
    return main(["table", "fill", str(path), "--area", COMMUNITY, "--out", out, *words])


def _answer(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_the_answer_lists_every_column_and_counts_every_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = (*WHO, "年龄", "登记日期", "楼长意见")
    assert _run(tmp_path, "--json", columns=columns) == 0
    answer = _answer(capsys)
    assert [one["state"] for one in answer["columns"]] == [
        "derivable", "known", "known", "known", "known", "known", "derivable", "asked", "new",
    ]  # fmt: skip
    assert answer["columns"][1] | {"header": "姓名", "fact": "name"} == answer["columns"][1]
    assert (answer["known"], answer["derivable"], answer["asked"], answer["new"]) == (5, 2, 1, 1)
    assert answer["rows"] == 2 and answer["refused"] == []
    assert answer["cells_filled"] + answer["cells_masked"] + answer["cells_empty"] == 2 * len(columns)
    assert answer["cells_masked"] == 4
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0]["B2"].value == "欧阳一"


def test_in_words_it_says_how_many_columns_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path) == 0
    assert "6 列 → 5 列登记册里有，1 列可以算出，0 列要确认，0 列登记册没有" in capsys.readouterr().out


def test_filters_are_taken_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, "--filter", "女", "--filter", "18岁以上", "--json") == 0
    answer = _answer(capsys)
    assert (answer["rows"], answer["filters"]) == (1, ["is:sex=2", "age:18-"])
    assert _run(tmp_path, "--filter", "会飞") == 1
    assert "会飞" in capsys.readouterr().err


def test_a_column_is_named_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    columns = ("姓名", "联系电话", "登记日期", "X")
    words = ("--map", "登记日期=arrive_date", "--map", "X=是否独居", "--map", "B=-", "--json")
    assert _run(tmp_path, *words, columns=columns) == 0
    facts = [one["fact"] for one in _answer(capsys)["columns"]]
    assert facts == ["name", "blank", "arrive_date", "mark:alone"]
    assert _run(tmp_path, "--map", "没有这列=phone", columns=columns) == 1
    assert _run(tmp_path, "--map", "X=income", columns=columns) == 1


def test_clear_values_need_a_reason(tmp_path: Path) -> None:
    assert _run(tmp_path, "--unmasked") == 2
    assert not (tmp_path / "out.xlsx").exists()
    assert _run(tmp_path, "--unmasked", "--reason", "发放津贴") == 0
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0]["E2"].value == "10000004567"
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["登记表"]


def test_a_refusal_says_why_and_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, "--json", columns=("甲", "乙", "丙")) == 1
    said = capsys.readouterr()
    assert "没有找到表头" in json.loads(said.out)["refused"][0] and "登记表.xlsx" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "登记表.xlsx"]
    with within(EVERYWHERE):
        assert not TableRequest.objects.exists()


def test_a_wrong_call_is_two(tmp_path: Path) -> None:
    assert _run(tmp_path, "--ledger", "黑名单") == 2
    with pytest.raises(SystemExit) as wrong:
        _run(tmp_path, "--unit", "planet")
    assert wrong.value.code == 2
    assert main(["table", "fill", "no.xlsx", "--area", COMMUNITY, "--out", str(tmp_path / "o.xlsx")]) == 1
    assert _run(tmp_path, "--area", "440703999999") == 1


def test_an_unwritable_place_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(blank().getvalue())
    out = str(tmp_path / "none" / "o.xlsx")
    assert main(["table", "fill", str(path), "--area", COMMUNITY, "--out", out]) == 1
    assert "写不了" in capsys.readouterr().err
