"""Before a form is published, every question is a fact, the form's own, or one the district admitted."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.enums import Standing, State
from wangge.engines.forms.models import FormVersion
from wangge.engines.forms.queries.standing import open_questions, standings
from wangge.foundation.access.rules import Unacceptable
from wangge.registry.tables.actions.admission import admit_column, decline_column
from wangge.registry.tables.enums import Ruling
from wangge.registry.tables.models import NewColumn

from .form_cast import settings, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
SURVEY = [
    ["type", "name", "label"],
    ["note", "hello", "您好"],
    ["text", "n", "您的姓名"],
    ["select_one edu", "e", "文化程度"],
    ["select_one yn", "smoke", "有烟感报警器吗？"],
    ["text", "water", "家里喝什么水"],
    ["image", "photo", "拍一张"],
]
CHOICES = [
    ["list_name", "name", "label"],
    ["yn", "y", "有"],
    ["yn", "n", "没有"],
    ["edu", "college", "大专"],
    ["edu", "60", "高中"],
]
FIELD = {
    "name": "家里喝什么水", "kind": "text", "purpose": "饮水安全改造", "basis": "示例依据",
    "retention": "改造完成满 1 年清除", "question": "家里平时喝什么水？",
}  # fmt: skip


def draft(survey=SURVEY, version: str = "1") -> FormVersion:
    content = workbook(survey, CHOICES, settings(version=version))
    return actions.upload_form(actor="test", area_code=cast.COMMUNITY, content=content)


def stood(version: FormVersion) -> dict[str, str]:
    version.refresh_from_db()
    return {each.question["name"]: each.standing.value for each in standings(version)}


def test_the_words_of_a_question_propose_its_fact_and_publishing_waits_for_decisions():
    version = draft()
    assert [each.proposed_name for each in open_questions(version)] == ["姓名", "文化程度", "", ""]
    with pytest.raises(actions.Undecided) as refused:
        actions.publish_version(actor="test", version=version)
    assert "有烟感报警器吗？" in str(refused.value) and len(refused.value.questions) == 4
    assert actions.accept_proposals(actor="test", version=version) == 2
    assert actions.keep_in_form(actor="test", version=version) == 2
    actions.publish_version(actor="test", version=version)
    assert stood(version) == {
        "hello": Standing.SILENT, "n": Standing.BOUND, "e": Standing.BOUND, "smoke": Standing.OWN,
        "water": Standing.OWN, "photo": Standing.SILENT,
    }  # fmt: skip


def test_decisions_hold_for_the_same_questions_of_the_next_version():
    actions.publish_version(actor="test", version=draft(), rest_stays=True)
    second = draft([*SURVEY, ["integer", "heads", "住几个人"]], "2")
    assert [each.question["name"] for each in open_questions(second)] == ["heads"]


def test_options_must_mean_codes_of_the_fact():
    version = draft()
    with pytest.raises(Unacceptable, match="有"):
        actions.bind_fact(actor="test", version=version, path="/data/smoke", fact="education")
    with pytest.raises(Unacceptable):
        actions.bind_fact(actor="test", version=version, path="/data/photo", fact="name")
    with pytest.raises(Unacceptable):
        actions.bind_fact(actor="test", version=version, path="/data/n", fact="remark")


def test_a_question_asked_of_the_district_is_bound_once_it_is_admitted():
    version = draft()
    assert actions.ask_admission(actor="test", version=version, path="/data/water") == Ruling.WAITING
    actions.keep_in_form(actor="test", version=version)
    with pytest.raises(actions.Undecided):
        actions.publish_version(actor="test", version=version)
    field = admit_column(actor="test", column=NewColumn.objects.get(), **FIELD)
    actions.publish_version(actor="test", version=version)
    version.refresh_from_db()
    assert version.state == State.PUBLISHED and version.questions[4]["fact"] == field.code


def test_a_question_the_district_declined_stays_open_with_the_reason():
    version = draft()
    actions.ask_admission(actor="test", version=version, path="/data/water")
    actions.keep_in_form(actor="test", version=version)
    decline_column(actor="test", column=NewColumn.objects.get(), reason="用不到")
    version.refresh_from_db()
    [waiting] = open_questions(version)
    assert waiting.standing == Standing.DECLINED and waiting.ruling.reason == "用不到"


def test_what_the_dictionary_knows_is_bound_at_once_instead_of_admitted():
    version = draft()
    assert actions.ask_admission(actor="test", version=version, path="/data/n") == Ruling.MAPPED
    assert stood(version)["n"] == Standing.BOUND


def test_what_may_never_be_known_is_refused_on_upload_with_its_cell():
    with pytest.raises(actions.Refused) as refused:
        draft([*SURVEY, ["text", "faith", "您的宗教信仰"]])
    assert [(fault.place, fault.code) for fault in refused.value.faults] == [("survey!C8", "may_not_ask")]


def test_a_secretary_decides_on_the_page(logged_in):
    browser = logged_in(cast.secretary(cast.COMMUNITY))
    sent = SimpleUploadedFile("form.xlsx", workbook(SURVEY, CHOICES))
    page = browser.post(reverse("forms:upload"), {"workbook": sent}, follow=True).content.decode()
    made = FormVersion.objects.get()
    assert "发布前还有 4 道题要决定" in page and "像是“姓名”" in page and 'href="#q5"' in page
    told = browser.post(reverse("forms:publish", args=[made.pk]), follow=True).content.decode()
    assert "还有 4 道题没有决定" in told
    address = reverse("forms:bind", args=[made.pk])
    for sending in (
        {"decide": "proposals"},
        {"path": "/data/smoke", "decide": "own"},
        {"path": "/data/water", "decide": "admit"},
    ):
        browser.post(address, sending)
    assert stood(made)["water"] == Standing.ASKED
    browser.post(address, {"path": "/data/water", "decide": "own"})
    page = browser.post(reverse("forms:publish", args=[made.pk]), follow=True).content.decode()
    assert "已发布" in page
