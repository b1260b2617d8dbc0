"""Questions and answers of forms are read with the importer's words and checks."""

from __future__ import annotations

from datetime import date

import pytest

from wangge.registry.ledgers.dictionary import never_asked
from wangge.registry.ledgers.queries.reading import meant_by, read_value, wording

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("您的姓名", "name"),
        ("请问您的手机号码是多少？", "phone"),
        ("您的婚姻状况是？", "marriage"),
        ("有烟感报警器吗？", ""),
        ("有没有电动车", ""),
        ("备注", ""),
        ("", ""),
    ],
)
def test_a_question_means_a_fact_only_when_the_importer_would_be_sure(label: str, fact: str) -> None:
    assert meant_by(wording(label)) == fact


@pytest.mark.parametrize(
    "label", ["您的宗教信仰？", "政治面貌", "家庭月收入", "有无犯罪前科", "ＨＩＶ、艾滋"]
)
def test_what_may_never_be_known_is_never_asked(label: str) -> None:
    assert never_asked(label)


@pytest.mark.parametrize(
    "label", ["有烟感报警器吗？", "环境是否健康整洁", "门禁密码锁完好", "照片", "违法搭建"]
)
def test_ordinary_checks_are_asked(label: str) -> None:
    assert never_asked(label) is None


@pytest.mark.parametrize(
    ("fact", "raw", "value"),
    [
        ("phone", "１００ ０００１ ０００１", "10000010001"),
        ("birth", "1950-02-03", "1950-02-03"),
        ("education", "30", "30"),
        ("education", "大专", "30"),
        ("hukou_region", "广西南宁", "450100"),
        ("room_area", "88.5", "88.5"),
    ],
)
def test_a_value_is_read_as_a_ledgers_cell(fact: str, raw: str, value: str) -> None:
    assert read_value(fact, raw, demo=True, today=DAY, home="440703") == (value, "")


@pytest.mark.parametrize(
    ("fact", "raw"), [("phone", "138 0000"), ("marriage", "xx"), ("birth", "2999-01-01")]
)
def test_a_value_that_cannot_be_says_why(fact: str, raw: str) -> None:
    value, why = read_value(fact, raw, demo=True, today=DAY)
    assert not value and why
