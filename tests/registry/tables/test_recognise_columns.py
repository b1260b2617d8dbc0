"""What headers mean, in the words departments use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.tables.blanks import drawn, found
from wangge.registry.tables.meanings import wording
from wangge.registry.tables.recognition import Answer, recognise


def _answers(
    folder: Path, *columns: str, unit: str = "", memory: dict[str, str] | None = None
) -> tuple[str, list[Answer]]:
    table = found(drawn(columns), folder)
    assert table is not None
    return recognise(table, unit, memory)


def _meanings(folder: Path, *columns: str, unit: str = "") -> dict[str, str]:
    return {answer.header: answer.meaning for answer in _answers(folder, *columns, unit=unit)[1]}


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("年龄（周岁）", "age"),
        ("60岁以上", "mark:age:60-"),
        ("文化程度代码", "education"),
        ("18-59岁", "mark:age:18-59"),
        ("是否独居", "mark:alone"),
        ("本科以上", "mark:is:education=10,20"),
        ("是否流动人口", "mark:floating"),
        ("租住/自住", "room_state"),
        ("是否本地户籍", "mark:local"),
        ("镇街", "town"),
        ("出生年份", "birth_year"),
        ("家庭人口数", "household_size"),
        ("户主电话", "head:phone"),
        ("填表日期", "table_date"),
        ("本人签名", "blank"),
        ("是否党员", ""),
        ("选民证号", ""),
        ("拟就读学校", ""),
        ("银行账号", ""),
        ("民族", ""),
    ],
)
def test_a_header_of_a_table_of_people(header: str, meaning: str, tmp_path: Path) -> None:
    assert _meanings(tmp_path, "姓名", "身份证号", header)[header.replace("/", "／")] == meaning


@pytest.mark.parametrize(
    ("columns", "unit"),
    [
        (("序号", "姓名", "身份证号", "与户主关系"), "person"),
        (("户主姓名", "家庭人口", "住址"), "household"),
        (("房号", "房东姓名", "房东电话", "承租人姓名"), "room"),
        (("楼栋名称", "总层数", "户数", "房屋套数"), "building"),
        (("企业名称", "法定代表人", "联系电话"), "organisation"),
    ],
)
def test_the_columns_say_what_a_row_is(columns: tuple[str, ...], unit: str, tmp_path: Path) -> None:
    assert _answers(tmp_path, *columns)[0] == unit


def test_the_same_words_are_counts_in_a_table_of_households(tmp_path: Path) -> None:
    made = _meanings(
        tmp_path, "户主姓名", "住址", "其中>男", "其中>女", "60岁以上", "户籍人口数", "儿童（14岁以下）"
    )
    assert list(made.values())[2:] == [
        "count:is:sex=1", "count:is:sex=2", "count:age:60-", "count:local", "count:age:-14",
    ]  # fmt: skip


def test_words_of_a_code_list_below_its_fact_are_ticked(tmp_path: Path) -> None:
    made = _meanings(
        tmp_path,
        "姓名",
        "性别>男",
        "性别>女",
        "婚姻状况>未婚",
        "婚姻状况>已婚",
        "人员类别>户籍",
        "人员类别>流动",
    )
    assert list(made.values())[1:] == [
        "mark:is:sex=1",
        "mark:is:sex=2",
        "mark:is:marriage=10",
        "mark:is:marriage=20,21,22,23",
        "mark:local",
        "mark:floating",
    ]


def test_members_are_told_from_owners_and_second_phones(tmp_path: Path) -> None:
    made = _meanings(tmp_path, "户主姓名", "成员1姓名", "成员1关系", "成员2姓名", "成员2关系", "联系电话2")
    assert list(made.values()) == [
        "name",
        "member:2:name",
        "member:2:relation",
        "member:3:name",
        "member:3:relation",
        "phone2",
    ]
    owners = _meanings(tmp_path, "房号", "房东>姓名", "房东>电话", "承租人>姓名", "承租人>电话")
    assert list(owners.values())[1:] == ["owner_name", "owner_phone", "renter_name", "renter_phone"]


def test_an_answer_is_remembered_and_a_doubt_is_asked(tmp_path: Path) -> None:
    _unit, answers = _answers(tmp_path, "姓名", "登记日期")
    assert answers[1].state == "asked" and len(answers[1].offers) > 1
    _unit, answers = _answers(tmp_path, "姓名", "登记日期", memory={"登记日期": "table_date"})
    assert (answers[1].state, answers[1].meaning) == ("derivable", "table_date")


@pytest.mark.parametrize(
    ("text", "condition", "whole"),
    [
        ("80 岁以上独居", "age:80-&alone", True),
        ("80岁以上独居老人登记表", "age:80-&alone", True),
        ("出租屋", "rented", True),
        ("本科以上", "is:education=10,20", True),
        ("未满18周岁", "age:-17", True),
        ("60至69岁", "age:60-69", True),
        ("女", "is:sex=2", True),
        ("初中以下", "is:education=70,80", True),
        ("会飞的人", "", False),
        ("独居且会飞", "alone", False),
    ],
)
def test_conditions_in_words(text: str, condition: str, whole: bool) -> None:
    reading = wording.read(text)
    assert (reading.condition, reading.whole) == (condition, whole)


def test_a_table_of_firms_or_buildings_asks_nothing_of_persons(tmp_path: Path) -> None:
    firms = _meanings(
        tmp_path, "企业名称", "法定代表人", "用工人数", "其中>本地户籍", "其中>外地户籍", "缺工人数"
    )
    assert list(firms.values())[2:] == ["staff_number", "", "", ""]
    houses = _meanings(tmp_path, "楼栋", "总户数", "房屋套数", "楼长", "物业公司")
    assert list(houses.values())[3:] == ["", ""]


def test_a_table_of_households_may_call_its_heads_by_name(tmp_path: Path) -> None:
    unit, answers = _answers(tmp_path, "住户姓名", "住户电话", "家庭人口", "男", "女")
    assert unit == "household" and [a.meaning for a in answers][3:] == ["count:is:sex=1", "count:is:sex=2"]
