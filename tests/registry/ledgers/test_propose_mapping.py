"""What the columns of every workbook are taken for, and why some are dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledgers.build import BOOKS
from wangge.registry.ledgers.mapping import guess_kind, memory_key, not_kept, propose
from wangge.registry.ledgers.reading import open_ledger


def _labelled(proposals) -> dict:
    """Key proposals by header, the second of the same name as "header#2"."""
    found: dict = {}
    for proposal in proposals:
        key = proposal.column
        found[f"{key}#2" if key in found else key] = proposal
    return found


@pytest.mark.parametrize("name", BOOKS)
def test_every_column_of_a_workbook_is_understood(name: str, tmp_path: Path) -> None:
    build, expected = BOOKS[name]
    ledger = open_ledger(build(tmp_path))

    for sheet, table in zip(ledger.sheets, expected.tables, strict=True):
        proposals = propose(sheet.columns, sheet.sample())
        found = _labelled(proposals)
        wanted = {" ".join(header.split()): fact for header, fact in table.facts.items()}
        assert {key: p.fact for key, p in found.items() if p.fact} == wanted
        assert {key: p.dropped_code for key, p in found.items() if not p.fact} == table.dropped
        assert tuple(key for key, p in found.items() if p.ask) == table.asked
        assert all(p.dropped_reason for p in found.values() if not p.fact)
        assert guess_kind(proposals, sheet.name) == table.kind


def _facts(header: str, row: list | None = None, memory: dict | None = None) -> list:
    return [proposal.fact for proposal in propose(header.split(), [row] * 5 if row else [], memory)]


def test_an_answer_is_remembered_whatever_marks_the_header_has() -> None:
    memory = {memory_key("户号"): "room_no", memory_key("电话"): ""}
    found = propose(["*户号（必填）", "电 话", "姓名"], [], memory)

    assert [(p.fact, p.reason, p.ask) for p in found[:2]] == [
        ("room_no", "remembered", False),
        (None, "", False),
    ]
    assert found[1].dropped_code == "forgotten"


def test_a_refused_column_is_not_let_in_by_memory() -> None:
    [proposal] = propose(["宗教信仰"], [], {memory_key("宗教信仰"): "remark"})
    assert (proposal.fact, proposal.dropped_code) == (None, "religion")


def test_a_fact_is_taken_once() -> None:
    found = _facts("姓名 名字 身份证号 证件号码 联系电话 手机 电话 地址 现住址")
    taken = [fact for fact in found if fact]
    assert len(taken) == len(set(taken))
    assert {"phone", "phone2"} <= set(taken)
    assert found[-1] == "residence"


def test_swapped_columns_are_asked() -> None:
    phone, id_no = propose(["电话", "身份证号"], [["999703199001010014", "10000000001"]] * 9)
    assert phone.ask
    assert "phone" in (phone.fact, *phone.alternatives)
    assert id_no.fact != phone.fact


def test_other_peoples_facts_are_not_the_residents() -> None:
    assert _facts("姓名 房东手机 租客身份证号 网格员姓名 配偶电话 监护人 户主身份证") == [
        "name",
        "owner_phone",
        "renter_id_no",
        None,
        None,
        "guardian",
        "head_id_no",
    ]


def test_what_is_not_in_the_dictionary_says_so() -> None:
    [_name, other] = propose(["姓名", "喜欢的颜色"], [["赵试甲", "蓝"]])
    assert (other.fact, other.dropped_code, other.ask) == (None, "unknown", False)
    assert "字典" in other.dropped_reason


@pytest.mark.parametrize(("header", "value", "fact"), [
    ("户籍地", "湖南省", "hukou_region"), ("户籍地", "湖南省某市某路1号", "hukou_address"),
    ("户口类型", "流动", "person_kind"),
    ("户口类型", "农业", "hukou_nature"), ("房屋类型", "空置", "room_state"),
    ("房屋类型", "住宅", "room_use"),
    ("单位", "虚构电器厂", "employer"), ("单位", "2单元", "unit"),
    ("门牌", "虚构路3号", "residence"), ("门牌", "302", "room_no"),
    ("出生年月", "36", "age"),
])  # fmt: skip
def test_values_decide_what_a_header_leaves_open(header: str, value: str, fact: str) -> None:
    assert _facts(f"姓名 {header}", ["赵试甲", value])[1] == fact


def test_a_label_down_the_side_of_a_card_is_not_the_name() -> None:
    columns = ["家庭成员", "姓名", "与户主关系"]
    assert [p.fact for p in propose(columns, [["", "赵试甲", "配偶"]])] == [None, "name", "relation"]


@pytest.mark.parametrize("header", ["工作单位/学校", "就读学校或单位", "单位及学校"])
def test_a_column_of_work_or_school_is_asked(header: str) -> None:
    [_name, both] = propose(["姓名", header], [["赵试甲", "虚构电器厂"]])
    assert (both.fact, both.ask) == ("employer", True) and "school" in both.alternatives


def test_a_header_that_asks_when_is_a_date() -> None:
    assert _facts("姓名 何时来江", ["赵试甲", "2022年9月"])[1] == "arrive_date"


@pytest.mark.parametrize(("beside", "says"), [(["name"], "请补上"), (["birth"], "算出"), (["id_no"], "算出")])
def test_an_age_is_said_not_to_be_kept(beside: list[str], says: str) -> None:
    assert says in not_kept("age", beside) and not_kept("birth", beside) == ""
