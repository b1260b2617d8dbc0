"""What is wrong in an official's workbook is told by sheet and cell, all of it at once."""

from __future__ import annotations

from time import monotonic

import pytest

from wangge.engines.forms.checking import Words, check
from wangge.engines.forms.checking import convert as converting

from .form_cast import CHOICES, SURVEY, settings, workbook

HEAD = ["type", "name", "label", "relevant", "calculation"]
FACTS = Words({"name"})


def faults(survey, choices=CHOICES, about=None):
    return {(fault.place, fault.code) for fault in check(workbook(survey, choices, about), FACTS).faults}


def test_a_good_workbook_becomes_a_form_with_its_questions():
    made = check(workbook(), FACTS)
    assert not made.faults
    assert (made.key, made.title, made.version) == ("home_visit", "入户检查", "1")
    paths = [question.path for question in made.questions]
    assert paths == ["/data/name", "/data/home/smoke", "/data/home/photo", "/data/heads"]
    assert made.questions[0].fact == "name" and 'id="home_visit"' in made.xform


def test_every_fault_is_named_with_its_cell():
    survey = [
        HEAD,
        ["select_one zz", "a", "甲"],
        ["text", "", "乙"],
        ["foo", "A", "丙"],
        ["text", "b c", "丁"],
        ["text", "d", ""],
        ["calculate", "e", "", "", ""],
        ["text", "f", "己", "${nobody}=1", ""],
        ["text", "g", "庚", "(${d}='1'", ""],
        ["end_group", "", ""],
        ["begin_group", "h", "辛"],
        ["", "i", "壬"],
    ]
    assert faults(survey) == {
        ("survey!A2", "no_list"),
        ("survey!B3", "no_name"),
        ("survey!A4", "unknown_type"),
        ("survey!B4", "same_name"),
        ("survey!B5", "bad_name"),
        ("survey!C6", "no_label"),
        ("survey!E7", "no_calculation"),
        ("survey!D8", "unknown_reference"),
        ("survey!D9", "broken_formula"),
        ("survey!A10", "not_opened"),
        ("survey!A11", "not_closed"),
        ("survey!A12", "no_type"),
    }


def test_every_circle_of_questions_is_found_with_all_its_cells():
    survey = [
        HEAD,
        ["calculate", "a", "", "", "${c}+1"],
        ["calculate", "b", "", "", "${a}+1"],
        ["text", "c", "丙", "${b} > 1", ""],
        ["calculate", "d", "", "", "${d}+1"],
        ["calculate", "e", "", "", "${a}+${d}"],
    ]
    found = {fault.place: str(fault) for fault in check(workbook(survey), FACTS).faults}
    assert set(found) == {"survey!E2", "survey!E5"}
    assert "a（E2） → c（D4） → b（E3） → a（E2）" in found["survey!E2"]
    assert "d（E5） → d（E5）" in found["survey!E5"]


def test_choices_and_facts_are_looked_at_too():
    choices = [
        ["list_name", "name", "label"],
        ["yn", "y", "是"],
        ["yn", "y", "对"],
        ["yn", "", "否"],
        ["yn", "z", ""],
    ]
    survey = [["type", "name", "label", "fact"], ["select_one yn", "a", "甲", "colour_of_eyes"]]
    assert faults(survey, choices) == {
        ("survey!D2", "unknown_fact"),
        ("choices!B3", "choice_twice"),
        ("choices!B4", "choice_no_name"),
        ("choices!C5", "choice_no_label"),
    }


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "not_a_book"),
        (b"hello", "not_a_book"),
        (b"PK\x03\x04broken", "not_a_book"),
        (b"PK\x03\x04" + b"0" * 6_000_000, "too_big"),
    ],
)
def test_what_is_no_workbook_is_refused(content, code):
    assert [fault.code for fault in check(content, FACTS).faults] == [code]


def test_a_form_without_an_id_of_its_own_is_refused():
    for key in ("", "走访", "a b", "9x", "x" * 80):
        assert ("settings!B2", "no_form_id") in faults(SURVEY, about=settings(key))


def test_two_thousand_questions_are_taken_and_more_are_not():
    survey = [
        HEAD[:4],
        *(["text", f"q{n}", f"第{n}题", f"${{q{n - 1}}}!=''" if n else ""] for n in range(2_000)),
    ]
    begun = monotonic()
    assert len(check(workbook(survey), FACTS).questions) == 2_000
    assert monotonic() - begun < 20
    [fault] = check(workbook([*survey, ["text", "one_more", "多"]]), FACTS).faults
    assert (fault.place, fault.code) == ("survey", "too_many") and "2,001" in str(fault)


def test_a_form_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(converting, "SECONDS", 0.001)
    assert [fault.code for fault in check(workbook(), FACTS).faults] == ["too_long"]


def test_what_only_the_converter_finds_is_told_in_its_place():
    survey = [["type", "name", "label", "parameters"], ["range", "a", "甲", "start=1 end=5 step=0"]]
    found = check(workbook(survey), FACTS).faults
    assert [(fault.place, fault.code) for fault in found] == [("survey!2", "other")]


@pytest.mark.parametrize(
    ("column", "formula", "code"),
    [
        ("constraint", "regex(., '^(a+)+$')", "slow_pattern"),
        ("constraint", 'regex(${a}, "(\\w|\\d)*x")', "slow_pattern"),
        ("constraint", "regex(., '^[0-9')", "broken_pattern"),
        ("constraint", "regex(., '^1[0-9]{10}$')", ""),
        ("constraint", "(" * 31 + "1" + ")" * 31, "deep_formula"),
        ("relevant", " or ".join(["${a}='1'"] * 200), "long_formula"),
        ("relevant", "${a}='1' or ${a}='(((('", ""),
    ],
)
def test_formulas_a_phone_would_never_be_done_with_are_refused_in_their_cell(column, formula, code):
    survey = [["type", "name", "label", column], ["text", "a", "甲", ""], ["text", "b", "乙", formula]]
    assert faults(survey) == ({("survey!D3", code)} if code else set())


def test_a_repeat_without_end_is_refused():
    head = ["type", "name", "label", "repeat_count"]
    survey = [head, ["begin_repeat", "r", "组", "1000000"], ["text", "a", "甲"], ["end_repeat"]]
    assert faults(survey) == {("survey!D2", "endless_repeat")}


def test_what_may_not_be_asked_is_refused_in_its_cell_notes_apart():
    words = Words({"name"}, why_not=lambda text: "no" if "宗教" in text else "")
    survey = [
        ["type", "name", "label"],
        ["note", "n", "请不要问宗教"],
        ["text", "a", "您的宗教"],
        ["select_one yn", "b", "乙"],
    ]
    choices = [["list_name", "name", "label"], ["yn", "y", "是"], ["yn", "n", "宗教场所"]]
    found = {(fault.place, fault.code) for fault in check(workbook(survey, choices), words).faults}
    assert found == {("survey!C3", "may_not_ask"), ("choices!C3", "may_not_ask")}


def test_a_question_whose_answer_cannot_be_the_fact_is_named():
    words = Words({"sex"}, code=lambda _fact, name, _label: name if name in "12" else "")
    survey = [
        ["type", "name", "label", "fact"],
        ["image", "a", "甲", "sex"],
        ["select_one yn", "b", "乙", "sex"],
    ]
    found = {(fault.place, fault.code) for fault in check(workbook(survey), words).faults}
    assert found == {
        ("survey!D2", "unfit_fact"),
        ("choices!B2", "choice_no_code"),
        ("choices!B3", "choice_no_code"),
    }


def test_a_question_knows_its_cell_its_options_its_repeat_and_what_its_words_mean():
    words = Words({"name"}, meant=lambda label: "name" if label == "姓名" else "")
    survey = [
        ["type", "name", "label", "fact"],
        ["begin_repeat", "members", "成员"],
        ["hidden", "person_id", ""],
        ["text", "name", "姓名"],
        ["end_repeat"],
        ["select_one yn", "gas", "用燃气吗", "own"],
    ]
    hidden, name, gas = check(workbook(survey), words).questions
    assert (hidden.path, hidden.bears, hidden.repeat) == ("/data/members/person_id", False, "/data/members")
    assert (name.proposed, name.bears, name.cell) == ("name", True, "survey!C4")
    assert (gas.decision, gas.choices, gas.repeat) == ("own", [["y", "有"], ["n", "没有"]], "")
