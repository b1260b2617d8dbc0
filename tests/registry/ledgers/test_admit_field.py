"""The dictionary grows by admission: importer and register then know the new fact (S177)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.registry.ledgers.admit_cast import HEADERS, WATER, line, water
from tests.registry.ledgers.import_cast import counts, imported, received, workbook
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.actions.admission import proposed_code, withdraw_field
from wangge.registry.ledgers.dictionary import Admitted, code_list, exact, fact, facts, keeper
from wangge.registry.ledgers.mapping import propose
from wangge.registry.ledgers.models import AdmittedField
from wangge.registry.ledgers.pipeline.clean import CleaningContext
from wangge.registry.ledgers.pipeline.cleaning import Work, cleaned_works, helper
from wangge.registry.people.models import Contradiction, Person
from wangge.registry.people.queries import label_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_an_admitted_field_stands_in_the_dictionary_with_its_code_list():
    field = water()
    known = fact("yin_shui_lai_yuan")
    assert (known.code, known.name, known.level, known.fresh_days) == (field.code, "饮水来源", 3, 365)
    assert exact("饮水来源") == exact("用水来源") == (field.code,)
    assert code_list(known.codes).find("市政") == "1"


def test_before_admission_the_column_is_dropped_and_afterwards_it_is_read():
    before = propose(HEADERS, [line()])[3]
    water()
    after = propose(HEADERS, [line()])[3]
    assert (before.fact, before.dropped_code) == (None, "unknown")
    assert (after.fact, after.reason) == ("yin_shui_lai_yuan", "exact")


def test_an_import_writes_the_value_where_the_person_keeps_further_facts():
    water()
    imported([line(), line("李四", "市政")], headers=HEADERS)
    held = {name: told["yin_shui_lai_yuan"] for name, told in Person.objects.values_list("name", "facts")}
    assert held == {"张三": "2", "李四": "1"}


def test_importing_again_changes_nothing_and_another_value_is_an_update():
    water()
    imported([line()], headers=HEADERS)
    again = imported([line(), line("王五")], headers=HEADERS)
    assert counts(again) == {"new": 1, "unchanged": 1}
    other = imported([line(drinks="自来水")], headers=HEADERS)
    assert counts(other) == {"update": 1}
    person = Person.objects.get(name="张三")
    assert person.facts["yin_shui_lai_yuan"] == "1"
    assert "yin_shui_lai_yuan" in person.provenance


def test_a_source_trusted_less_is_a_contradiction_and_overwrites_nothing():
    water()
    imported([line()], headers=HEADERS)
    Person.objects.update(source=90)
    imported([line(drinks="自来水")], headers=HEADERS)
    assert Person.objects.get().facts["yin_shui_lai_yuan"] == "2"
    assert Contradiction.objects.get().field == "yin_shui_lai_yuan"


def test_a_word_outside_the_code_list_is_a_problem_of_that_cell_only():
    water()
    batch = actions.plan_batch(actor="test", batch=received([line(drinks="不晓得")], headers=HEADERS))
    assert counts(batch) == {"new": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "宗教信仰"},
        {"name": "是否信访人员"},
        {"name": "慢性病种类"},
        {"name": "居民评分"},
        {"name": "党员身份"},
        {"name": "民族成份"},
        {"name": "家庭成员情况说明", "question": "您信仰什么宗教？"},
        {"options": [("1", "汉族", "", []), ("2", "其他", "", [])]},
        {"synonyms": ["信教情况"]},
        {"purpose": "用于给居民打分排名"},
    ],
    ids=lambda given: "".join(given),
)
def test_what_the_register_may_never_know_is_refused_with_the_reason(wrong):
    with pytest.raises(Unacceptable, match=r"不得准入：.+。"):
        water(**wrong)
    assert not AdmittedField.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": "手机号码"}, "对应到已有项"),
        ({"synonyms": ["学历"]}, "对应到已有项"),
        ({"purpose": " "}, "都要写"),
        ({"question": ""}, "都要写"),
        ({"kind": "phone"}, "加密保存"),
        ({"options": WATER[:1]}, "选项至少两个"),
        ({"options": [*WATER, ("9", "井水", "", [])]}, "选项有重复"),
        ({"level": 1}, "分级"),
        ({"fresh_days": -1}, "保鲜天数"),
        ({"ledgers": ["secret"]}, "没有这些台账"),
        ({"code": "Has Space"}, "代码只能"),
    ],
)
def test_a_field_that_does_not_say_what_it_must_is_refused(wrong, why):
    with pytest.raises(Unacceptable, match=why):
        water(**wrong)
    assert not AdmittedField.objects.exists()


def test_the_same_name_is_not_admitted_twice():
    water()
    with pytest.raises(Unacceptable, match="对应到已有项"):
        water()


def test_admission_is_in_the_trail_with_the_question_to_ask():
    water()
    entry = Entry.objects.get(kind="field.admitted")
    assert entry.data["fact"] == "yin_shui_lai_yuan"
    assert entry.data["question"] == "家里平时喝的是什么水？"
    assert entry.data["asked_by"] == "水务局"


def test_a_withdrawn_field_is_read_no_more_and_keeps_its_name():
    field = water()
    withdraw_field(actor="test", field=field, reason="改造完成")
    assert propose(HEADERS, [])[3].fact is None
    assert label_of(field.code) == "饮水来源"
    with pytest.raises(Unacceptable, match="已经停用"):
        withdraw_field(actor="test", field=field, reason="再停一次")


def test_a_code_is_made_of_the_name_and_never_taken_twice():
    assert proposed_code("饮水来源") == "yin_shui_lai_yuan"
    assert proposed_code("123") == "field_123"
    assert water(code="phone").code == "phone_2"


def test_another_process_notices_within_seconds_and_not_by_asking_each_time(django_assert_num_queries):
    keeper.use(Admitted())
    water_row = water()
    keeper.held, keeper.looked = Admitted(), float("-inf")  # as another process stood before
    with django_assert_num_queries(4):  # two stamps, two tables, once
        for _time in range(100):
            assert water_row.code in facts()
    keeper.looked = float("-inf")
    with django_assert_num_queries(2):  # nothing changed: the stamps only
        facts()


def test_a_fact_admitted_a_moment_ago_is_found_by_its_code():
    field = water()
    keeper.held, keeper.every = Admitted(), 3600.0
    try:
        assert fact(field.code).name == "饮水来源"
    finally:
        keeper.every = 2.0


def test_the_process_that_cleans_beside_an_import_knows_admitted_facts():
    field = water()
    context = CleaningContext(True, date(2026, 1, 1), "440703")
    work = Work({"name": ["张三"], field.code: ["市政"]}, 0, [2], context)
    with helper(wanted=True) as pool:
        [done] = cleaned_works(iter([work]), pool)
    assert done.frame[field.code].to_list() == ["1"]


def test_a_workbook_with_the_column_needs_no_answer():
    water()
    batch = actions.receive_file(
        actor="test", area_code="440703002001", name="饮水.xlsx", content=workbook([line()], headers=HEADERS)
    )
    assert list(next(iter(batch.mapping.values())).values()) == [
        "name",
        "id_no",
        "residence",
        "yin_shui_lai_yuan",
    ]


def test_two_who_admit_the_same_at_once_make_one_field(monkeypatch):
    water()
    from wangge.registry.ledgers.actions import admission

    # as the other process saw it: the name was free, and so was the code
    monkeypatch.setattr(admission, "exact", lambda header: ())
    monkeypatch.setattr(admission, "_free_code", lambda code: code)
    with pytest.raises(Unacceptable, match="刚刚有人准入"):
        water()
    assert AdmittedField.objects.count() == 1
