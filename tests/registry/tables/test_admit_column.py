"""New columns of a request wait for the district: admitted, mapped or declined, once for all (S177)."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import COMMUNITY, OTHER_COMMUNITY, district_user
from tests.registry.ledgers.admit_cast import HEADERS, WATER, line
from tests.registry.ledgers.import_cast import books, imported
from tests.registry.tables.asking_cast import a_request, sheet_of
from wangge.flows import drain
from wangge.foundation.access.rules import Unacceptable
from wangge.lib.scoping import Reach, within
from wangge.registry.ledgers.actions.admission import admit_field
from wangge.registry.ledgers.dictionary import exact
from wangge.registry.ledgers.mapping import propose
from wangge.registry.ledgers.models import AdmittedField
from wangge.registry.people.models import Person
from wangge.registry.tables.actions import choose_columns, fill_table, receive_table
from wangge.registry.tables.actions.admission import (
    admit_column,
    decline_column,
    map_column,
    read_all_again,
)
from wangge.registry.tables.actions.columns import note_new_columns, propose_question
from wangge.registry.tables.actions.receive import Asked
from wangge.registry.tables.enums import RequestState, Ruling
from wangge.registry.tables.models import NewColumn, TableRequest
from wangge.registry.tables.queries.admission import (
    admission_of,
    rulings_for,
    waiting_columns,
    waiting_questions,
    waiting_requests,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
FIELD = {
    "name": "饮水来源", "kind": "code", "options": WATER, "purpose": "饮水安全改造", "basis": "示例依据",
    "retention": "改造完成满 1 年清除", "question": "家里平时喝什么水？",
}  # fmt: skip


def noted(*headers: str, **more) -> list[NewColumn]:
    """The new columns of a request with these headers."""
    return note_new_columns(request=a_request(unknown=list(headers), new_columns=len(headers), **more))


def test_what_the_register_does_not_know_waits():
    rows = noted("饮水来源", "厕所类型")
    assert [(row.header, row.state) for row in rows] == [("饮水来源", "waiting"), ("厕所类型", "waiting")]
    assert list(waiting_requests()) == [rows[0].request]
    assert waiting_requests()[0].waiting == 2


def test_noting_again_changes_nothing_and_drops_what_is_known_now():
    [row, _other] = noted("饮水来源", "厕所类型")
    request = row.request
    assert note_new_columns(request=request) == [row, _other]
    request.sheets = [sheet_of(["饮水来源"])]
    assert note_new_columns(request=request) == [row]


@pytest.mark.parametrize("header", ["宗教信仰", "是否信访人员", "健康状况", "个人信用分"])
def test_what_may_never_be_known_waits_for_nobody(header):
    [row] = noted(header)
    assert row.state == Ruling.DECLINED
    assert "不" in row.reason
    assert not waiting_columns().exists()


def test_an_admitted_column_is_known_to_every_table_and_ledger():
    [row] = noted("家庭情况/饮水来源（必填）")
    field = admit_column(actor="test", column=row, **FIELD)
    row.refresh_from_db()
    assert (row.state, row.fact, row.decided_by) == (Ruling.ADMITTED, field.code, "test")
    assert field.asked_by == "水务局"
    for header in ("饮水来源", "家庭情况/饮水来源（必填）"):
        assert propose([header], [])[0].fact == field.code


def test_a_column_may_be_admitted_under_a_better_name():
    [row] = noted("喝的啥水")
    field = admit_column(actor="test", column=row, **FIELD)
    assert exact("喝的啥水") == exact("饮水来源") == (field.code,)


def test_a_leaf_that_means_something_else_is_no_word_of_the_new_fact():
    [row] = noted("用水改造/备注")
    field = admit_column(actor="test", column=row, **FIELD)
    assert exact("备注") == ("remark",)
    assert exact("用水改造备注") == (field.code,)


def test_one_decision_answers_every_request_that_waits():
    [mine], [theirs] = noted("饮水来源"), noted("饮水来源*", area_code=OTHER_COMMUNITY)
    admit_column(actor="test", column=mine, **FIELD)
    theirs.refresh_from_db()
    assert (theirs.state, theirs.fact) == (Ruling.ADMITTED, mine.fact or AdmittedField.objects.get().code)


def test_a_later_request_meets_the_decision_at_once():
    [row] = noted("养狗数量")
    decline_column(actor="test", column=row, reason="没有法律依据")
    [later] = noted("养狗数量", department="公园处")
    assert (later.state, later.reason, later.decided_by) == (Ruling.DECLINED, "没有法律依据", "system")


def test_a_mapped_column_is_remembered_as_another_name():
    [row] = noted("联络方式甲")
    map_column(actor="test", column=row, fact="phone")
    assert propose(["联络方式甲"], [])[0].fact == "phone"
    row.refresh_from_db()
    assert (row.state, row.fact) == (Ruling.MAPPED, "phone")


def test_nothing_is_decided_twice():
    [row] = noted("养狗数量")
    decline_column(actor="test", column=row, reason="没有法律依据")
    for again in (
        lambda: decline_column(actor="test", column=row, reason="再来"),
        lambda: map_column(actor="test", column=row, fact="phone"),
        lambda: admit_column(actor="test", column=row, **FIELD),
    ):
        with pytest.raises(Unacceptable, match="已经有人裁定"):
            again()


def test_a_refused_admission_leaves_the_column_waiting():
    [row] = noted("饮水来源")
    with pytest.raises(Unacceptable, match="不得准入"):
        admit_column(actor="test", column=row, **FIELD | {"question": "您信什么宗教？"})
    row.refresh_from_db()
    assert row.state == Ruling.WAITING
    assert not AdmittedField.objects.exists()


def test_a_request_knows_how_its_columns_stand():
    request = a_request(unknown=["甲", "乙"], known_columns=35, derivable_columns=2, new_columns=2)
    [first, _second] = note_new_columns(request=request)
    decline_column(actor="test", column=first, reason="不用")
    page = admission_of(request)
    assert (request.columns, len(page.waiting), len(page.decided)) == (39, 1, 1)


def test_a_closed_request_waits_for_nothing():
    [row] = noted("饮水来源")
    TableRequest.objects.filter(pk=row.request_id).update(state=RequestState.CLOSED)
    assert not waiting_requests().exists()
    assert not waiting_columns().exists()


def test_a_field_admitted_elsewhere_answers_too():
    admit_field(actor="test", asked_by="水务局", **FIELD)
    [row] = noted("饮水来源")
    assert (row.state, row.fact) == (Ruling.ADMITTED, "yin_shui_lai_yuan")


def test_what_a_unit_chose_to_leave_empty_waits_for_nobody():
    request = a_request(unknown=["饮水来源"])
    request.sheets[0]["columns"][0]["why"] = "本单位选择了留空"
    assert note_new_columns(request=request) == []


def blank(*headers: str) -> io.BytesIO:
    """A department's blank of one sheet."""
    return books({"表": [["饮水情况调查表"], list(headers), *[[""] * len(headers)] * 3]})


def received(*headers: str, **more) -> TableRequest:
    asked = Asked(department="水务局", basis="示例依据", purpose="示例用途")
    given = {"actor": "test", "area_code": COMMUNITY, "name": "饮水.xlsx", "asked": asked} | more
    return receive_table(content=blank(*headers), **given)


def test_the_blank_is_read_again_with_the_admitted_word_and_filled():
    imported([line()], headers=(*HEADERS[:3], "文化程度"))
    Person.objects.update(facts={"yin_shui_lai_yuan": "2"})
    request = received("姓名", "身份证号", "饮水来源", "养狗数量")
    assert (request.known_columns, request.new_columns) == (2, 2)
    column = NewColumn.objects.get(header="饮水来源")
    admit_column(actor="test", column=column, **FIELD)
    request.refresh_from_db()
    assert (request.known_columns, request.new_columns, request.unknown) == (3, 1, ["养狗数量"])
    assert "yin_shui_lai_yuan" in request.fields
    out = io.BytesIO()
    made = fill_table(actor="test", request=request, out=out)
    filled = {column.header: column.filled for column in made.tally.columns}
    assert filled["饮水来源"] == 1
    out.seek(0)
    assert "井水" in str(CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python())


def test_undecided_columns_stop_nothing_and_the_workbook_says_what_waits():
    imported([line()], headers=(*HEADERS[:3], "文化程度"))
    request = received("姓名", "现住址", "养狗数量")
    made = fill_table(actor="test", request=request, out=io.BytesIO())
    assert made.tally.total("filled") == 2
    assert any("养狗数量" in said and "准入" in said for said in made.tally.said())


def test_requests_of_others_read_their_blanks_again_by_the_worker():
    mine, theirs = (
        received("姓名", "身份证号", "性别", "饮水来源"),
        received("姓名", "身份证号", "电话", "饮水来源", area_code=OTHER_COMMUNITY),
    )
    admit_column(actor="test", column=NewColumn.objects.get(request=mine), **FIELD)
    theirs.refresh_from_db()
    assert "yin_shui_lai_yuan" not in theirs.fields
    drain()
    theirs.refresh_from_db()
    assert "yin_shui_lai_yuan" in theirs.fields
    assert read_all_again(actor="test", fact="yin_shui_lai_yuan") == 0


def test_answers_given_before_stay_when_a_blank_is_read_again():
    request = received("姓名", "现住址", "饮水来源", "甲乙丙")
    sheet = request.sheets[0]
    at = {column["header"]: column["column"] for column in sheet["columns"]}
    choose_columns(actor="test", request=request, answers={sheet["name"]: {at["甲乙丙"]: "phone"}})
    admit_column(actor="test", column=NewColumn.objects.get(header="饮水来源"), **FIELD)
    request.refresh_from_db()
    assert {"phone", "yin_shui_lai_yuan"} <= set(request.fields)


def asked(header: str) -> NewColumn:
    told = {"form": "visit", "title": "入户登记", "area_code": COMMUNITY}
    return propose_question(actor="test", header=header, **told)


def test_a_question_of_a_form_waits_in_the_same_queue_and_is_answered_by_the_same_decision(logged_in):
    [column], question = noted("饮水来源"), asked("饮水来源")
    assert asked("饮水来源") == question and list(waiting_questions()) == [question]
    browser = logged_in(district_user())
    listed = browser.get(reverse("tables:admissions")).content.decode()
    assert "入户登记" in listed
    assert browser.get(reverse("tables:column", args=[question.pk])).status_code == 200
    field = admit_column(actor="test", column=question, **FIELD)
    column.refresh_from_db()
    assert (column.state, column.fact, field.asked_by) == (Ruling.ADMITTED, field.code, "入户登记")
    assert rulings_for("visit")["饮水来源"].fact == field.code and not waiting_questions()


def test_a_question_the_dictionary_knows_or_refuses_waits_for_nobody(logged_in):
    assert (asked("联系电话").state, asked("宗教信仰").state) == (Ruling.MAPPED, Ruling.DECLINED)
    browser = logged_in(district_user())
    question = asked("厕所类型")
    answer = browser.post(reverse("tables:decline", args=[question.pk]), {"reason": "用不到"})
    assert answer.url == reverse("tables:admissions") and asked("厕所类型").reason == "用不到"


def test_questions_of_another_area_are_not_seen():
    asked("厕所类型")
    with within(Reach((OTHER_COMMUNITY,))):
        assert not waiting_questions()
    with within(Reach((COMMUNITY,))):
        assert len(waiting_questions()) == 1
