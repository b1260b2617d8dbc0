"""Text, names, sex, marks, numbers and code lists."""

import pytest

from wangge.lib.cells import (
    clean_code,
    clean_id,
    clean_integer,
    clean_name,
    clean_sex,
    clean_text,
    clean_uscc,
    clean_yes_no,
    code_list,
    message,
)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  甲\u3000乙 ", "甲 乙"),
        ("ＡＢＣ１２３", "ABC123"),
        ("一\r\n二", "一 二"),
        ("甲\u200b\ufeff乙", "甲乙"),
        ("甲_x000D_", "甲"),
        (12.0, "12"),
        (12.5, "12.5"),
        (7, "7"),
        ("你好，再见", "你好，再见"),
        ("（甲）", "(甲)"),
        (None, None),
        ("——", None),
        ("#N/A", None),
        (float("nan"), None),
    ],
)
def test_text_is_trimmed_half_width_and_on_one_line(written, clean):
    assert clean_text(written) == (clean, "", "")


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("试 甲", "试甲"),
        ("试\u3000甲", "试甲"),
        ("欧阳\n试甲", "欧阳试甲"),
        ("试试.甲甲", "试试·甲甲"),
        ("试试 • 甲甲", "试试·甲甲"),
        ("试试・甲甲", "试试·甲甲"),
        ("TEST  PERSON", "TEST PERSON"),
        ("㐀甲", "㐀甲"),
        ("𠀀甲", "𠀀甲"),
    ],
)
def test_a_name_has_one_spelling(written, clean):
    assert clean_name(written) == (clean, "", "")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("试甲1", "name_digits"),
        ("试甲、试乙", "name_several"),
        ("试*", "name_masked"),
        ("无", "name_placeholder"),
        ("不详", "name_placeholder"),
        ("试甲乙丙丁戊己庚辛", "name_too_long"),
        ("X" * 61, "name_too_long"),
        ("试甲?", "name_characters"),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(written, code):
    assert clean_name(written) == (None, code, "")
    assert message(code) != code


def test_a_note_in_brackets_and_a_single_character_only_warn():
    assert clean_name("试甲（户主）") == ("试甲", "", "name_note_dropped")
    assert clean_name("试") == ("试", "", "name_one_character")


def test_sex_is_read_in_every_usual_form():
    assert {clean_sex(w).value for w in ("男", "M", "m", "1", 1, 1.0, "男性", "Ｍ")} == {"1"}
    assert {clean_sex(w).value for w in ("女", "F", "2", 2.0, "女 ")} == {"2"}
    assert clean_sex("甲").error == "sex_unreadable"
    assert clean_sex(None) == (None, "", "")


def test_yes_and_no_are_read_in_every_usual_form_and_empty_is_neither():
    assert {clean_yes_no(w).value for w in ("是", "√", "1", 1, True, "有", "Y", "✓", "✔", "yes")} == {True}
    assert {clean_yes_no(w).value for w in ("否", "×", "0", 0, False, "无", "N", "x")} == {False}
    assert clean_yes_no("") == (None, "", "")
    assert clean_yes_no("也许").error == "mark_unreadable"


def test_a_whole_number_is_read_and_a_part_or_a_debt_is_refused():
    assert [clean_integer(w).value for w in ("1,200", 12.0, "３人", 0)] == [1200, 12, 3, 0]
    assert [clean_integer(w).error for w in ("-3", "1.5", "许多")] == ["integer_unreadable"] * 3


def test_a_code_list_knows_names_synonyms_codes_and_leading_numbers():
    codes = code_list({"10": ["务工", "打工"], "20": "经商"})
    assert [clean_code(w, codes).value for w in ("务工", " 打 工", "10", 20.0, "2.经商", "1 务工")] == [
        "10",
        "10",
        "10",
        "20",
        "20",
        "10",
    ]
    assert clean_code("散步", codes) == (None, "code_unknown", "")


def test_identity_cells_follow_the_identifier_rules():
    assert clean_id("11010519491231002x").value == "11010519491231002X"
    assert clean_id(4.41e17).error == "id_precision_lost"
    assert clean_id("—") == clean_id(None) == clean_id(float("nan")) == (None, "", "")
    assert clean_uscc("91350100m000100y43").value == "91350100M000100Y43"
    assert clean_uscc("") == (None, "", "")
