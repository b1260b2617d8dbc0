"""The pages of admission: who asks sees how it stands, the district decides."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import OTHER_TOWN, district_user, officer, secretary
from tests.registry.tables.asking_cast import a_fill, a_request
from tests.registry.tables.test_admit_column import received
from wangge.flows import drain
from wangge.registry.ledgers.dictionary import fact
from wangge.registry.ledgers.models import AdmittedField, HeaderRuling
from wangge.registry.tables.enums import Ruling
from wangge.registry.tables.forms.admission import AdmitForm, options_in
from wangge.registry.tables.models import NewColumn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
SAID = {
    "name": "饮水来源", "kind": "code", "options": "自来水 = 市政、管网\n井水\n", "purpose": "饮水安全",
    "basis": "示例", "retention": "一年", "level": "3", "fresh_days": "365", "question": "家里喝什么水？",
    "synonyms": "用水来源", "ledgers": ["resident"],
}  # fmt: skip


@pytest.fixture
def asked():
    return received("姓名", "身份证号", "饮水来源", "宗教信仰")


def at(name, pk):
    return reverse(f"tables:{name}", args=[pk])


def column(asked):
    return NewColumn.objects.get(request=asked, header="饮水来源")


def test_who_asked_sees_how_each_column_stands(asked, logged_in):
    text = logged_in(secretary()).get(at("admission", asked.pk)).content.decode()
    assert "1 列待裁定" in text
    assert "宗教信仰不得登记" in text
    assert at("column", column(asked).pk) not in text


def test_the_district_finds_what_waits_and_admits_it(asked, logged_in):
    browser = logged_in(district_user())
    assert asked.title in browser.get(reverse("tables:admissions")).content.decode()
    page = browser.get(at("column", column(asked).pk)).content.decode()
    assert "示例用途" in page
    answer = browser.post(at("column", column(asked).pk), SAID, follow=True)
    assert "已准入" in answer.content.decode()
    known = fact("yin_shui_lai_yuan")
    assert (known.name, known.synonyms) == ("饮水来源", ("用水来源",))
    assert AdmittedField.objects.get().codes == [
        ["1", "自来水", "", ["市政", "管网"]],
        ["2", "井水", "", []],
    ]
    drain()
    assert asked.title in browser.get(reverse("ledgers:fact", args=["yin_shui_lai_yuan"])).content.decode()


def test_what_is_wrong_is_said_on_the_form_and_nothing_is_lost(asked, logged_in):
    answer = logged_in(district_user()).post(
        at("column", column(asked).pk), SAID | {"question": "您信什么宗教？"}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "不得准入" in text
    assert "管网" in text
    assert column(asked).state == Ruling.WAITING


@pytest.mark.parametrize(
    "missing", ["name", "purpose", "basis", "retention", "question", "fresh_days", "level"]
)
def test_every_mandatory_word_is_asked_for(missing):
    form = AdmitForm(SAID | {missing: ""})
    assert not form.is_valid()
    assert missing in form.errors


def test_mapping_and_declining_go_back_to_the_request(asked, logged_in):
    browser = logged_in(district_user())
    answer = browser.post(at("map", column(asked).pk), {"fact": "phone2"}, follow=True)
    assert "已对应" in answer.content.decode()
    assert HeaderRuling.objects.get().fact == "phone2"
    again = browser.post(at("decline", column(asked).pk), {"reason": "不用"}, follow=True)
    assert "已经有人裁定" in again.content.decode()


def test_declining_needs_a_reason(asked, logged_in):
    browser = logged_in(district_user())
    assert "写明理由" in browser.post(at("decline", column(asked).pk), {}, follow=True).content.decode()
    assert "请选字典里的一项" in browser.post(at("map", column(asked).pk), {}, follow=True).content.decode()
    assert column(asked).state == Ruling.WAITING


def test_a_column_left_empty_can_be_put_to_the_district(asked, logged_in):
    sheet = asked.sheets[0]
    entry = next(one for one in sheet["columns"] if one["header"] == "饮水来源")
    entry["why"] = "本单位选择了留空"
    asked.save()
    NewColumn.objects.filter(header="饮水来源").delete()
    browser = logged_in(secretary())
    assert "申请准入" in browser.get(at("admission", asked.pk)).content.decode()
    answer = browser.post(at("propose", asked.pk), {"header": "饮水来源"}, follow=True)
    assert "已提交" in answer.content.decode()
    assert column(asked).state == Ruling.WAITING
    assert (
        "没有这样一列" in browser.post(at("propose", asked.pk), {"header": "x"}, follow=True).content.decode()
    )


def test_another_towns_request_does_not_exist(asked, logged_in):
    assert logged_in(officer(OTHER_TOWN)).get(at("admission", asked.pk)).status_code == 404


def test_the_pages_of_a_request_say_what_waits_and_what_it_repeats(asked, logged_in):
    user = secretary()
    asked.created_by = user
    asked.save()
    a_fill(asked, asked.created_at.date(), created_by=user)
    twin = a_request(fields=asked.fields, department="民政局", stored=asked.stored, sheets=asked.sheets)
    text = logged_in(user).get(at("table", twin.pk)).content.decode()
    assert f"和“{asked.title}”（水务局" in text
    assert "列、区域和条件都一样" in text
    assert "用上次的结果" in text
    first = logged_in(user).get(at("table", asked.pk)).content.decode()
    assert "等区里裁定的列，先空着：饮水来源" in first


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("自来水", [("1", "自来水", "", [])]),
        ("1 男\n2、女", [("1", "男", "", []), ("2", "女", "", [])]),
        ("A. 是 = 对 有\n\n B:否", [("A", "是", "", ["对", "有"]), ("B", "否", "", [])]),
        ("  \n", []),
        ("0-6岁", [("1", "0-6岁", "", [])]),
    ],
)
def test_options_are_read_as_people_write_them(text, options):
    assert options_in(text) == options


def test_lists_take_as_many_queries_with_one_row_as_with_three(logged_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = logged_in(district_user())
    received("姓名", "身份证号", "饮水来源", "甲乙丙")
    browser.get(reverse("tables:admissions"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("tables:admissions"))
    received("姓名", "身份证号", "饮水来源", "丙丁")
    received("姓名", "身份证号", "饮水来源", "戊己")
    with CaptureQueriesContext(connection) as three:
        browser.get(reverse("tables:admissions"))
    assert len(one) == len(three)
