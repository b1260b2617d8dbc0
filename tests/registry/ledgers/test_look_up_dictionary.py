"""The fact dictionary holds what the register may know, and nothing it may not."""

from __future__ import annotations

import pytest

from wangge.registry.ledgers.dictionary import code_list, code_lists, exact, facts, normal_header, refusal

KINDS = {
    "text",
    "name",
    "id_no",
    "date",
    "phone",
    "sex",
    "mark",
    "code",
    "number",
    "address",
    "region",
    "area",
    "uscc",
}


def test_every_fact_says_why_on_what_ground_and_how_long() -> None:
    for fact in facts().values():
        assert fact.purpose and fact.basis and fact.retention and fact.name_en, fact.code
        assert fact.kind in KINDS and 1 <= fact.level <= 4, fact.code
        assert not fact.codes or fact.codes in code_lists(), fact.code


@pytest.mark.parametrize("header", [
    "宗教信仰", "民族", "政治面貌", "是否党员", "家庭年收入",
    "疫苗接种", "核酸时间", "健康码", "既往病史", "残疾等级",
    "有无前科",
    "重点人员", "登录密码", "人脸照片", "银行卡号", "社区矫正", "精神状况", "车牌号", "信用分",
])  # fmt: skip
def test_what_may_not_be_known_is_refused_with_a_reason(header: str) -> None:
    assert not exact(normal_header(header))
    why = refusal(normal_header(header))
    assert why and why.reason


@pytest.mark.parametrize("header", ["姓名", "现住址", "来江日期", "特殊人群", "婚姻状况", "单位名称"])
def test_what_may_be_known_is_not_refused(header: str) -> None:
    assert refusal(normal_header(header)) is None


def test_no_word_of_a_fact_is_a_word_refused() -> None:
    """Such a word would be read in one ledger and refused, within a longer header, in the next."""
    allowed = {"被登记人", "被登记人姓名", "服务对象类别"}
    clash = {
        (fact.code, word)
        for fact in facts().values()
        for word in fact.synonyms
        if refusal(normal_header(word)) and word not in allowed
    }
    assert clash == set()


@pytest.mark.parametrize(("raw", "wanted"), [
    ("*姓 名（必填）", "姓名"), ("1.身份证号码", "身份证号码"),
    ("①性别", "性别"), ("联系\n电话：", "联系电话"),
    ("（电话）", "电话"),
    ("ＩＤ", "id"), ("電話", "电话"), ("面积(㎡)", "面积"), (None, ""), ("一、姓名", "姓名"),
])  # fmt: skip
def test_headers_are_brought_to_one_form(raw: object, wanted: str) -> None:
    assert normal_header(raw) == wanted


@pytest.mark.parametrize(("name", "cell", "value"), [
    ("sex", "男", "1"), ("sex", 2.0, "2"), ("sex", "Ｆ", "2"), ("education", "大专", "30"),
    ("education", " 本 科 ", "20"),
    ("relation", "之妻", "10"), ("relation", "2", "02"), ("mark", "√", "1"), ("mark", False, "0"),
    ("marriage", "离异", "40"),
    ("person_kind", "外来人口", "2"), ("room_state", "空置", "3"), ("id_type", "回乡证", "516"), 
    ("sex", "丙", None),
    ("sex", "", None), ("special_class", "吸毒人员", None),
])  # fmt: skip
def test_code_lists_read_what_ledgers_write(name: str, cell: object, value: str | None) -> None:
    assert code_list(name).find(cell) == value


def test_the_register_and_the_dictionary_have_one_list_of_papers():
    from wangge.registry.people.enums import IdType

    ours = [(code, str(label)) for code, label in IdType.choices]
    assert ours == [(code.value, code.label) for code in code_lists()["id_type"].codes]
