"""A secretary uploads, publishes and hands out forms."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.models import Attachment, Device, FormVersion, Submission

from .form_cast import SURVEY, settings, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture
def browser(logged_in):
    return logged_in(cast.secretary(cast.COMMUNITY))


def upload(browser, content: bytes):
    sent = SimpleUploadedFile("form.xlsx", content)
    return browser.post(reverse("forms:upload"), {"workbook": sent})


def test_a_workbook_becomes_a_draft_and_is_published(browser):
    assert browser.get(reverse("forms:list")).status_code == 200
    answer = upload(browser, workbook())
    made = FormVersion.objects.get()
    assert answer.url == reverse("forms:version", args=[made.pk])
    page = browser.get(answer.url).content.decode()
    assert "住几个人" in page and "草稿" in page
    browser.post(reverse("forms:publish", args=[made.pk]))
    assert "已发布" in browser.get(answer.url).content.decode()
    browser.post(reverse("forms:retire", args=[made.pk]))
    assert "已停用" in browser.get(answer.url).content.decode()


def test_faults_are_listed_with_their_cells_and_nothing_is_kept(browser):
    broken = [*SURVEY, ["text", "", "没有名字"]]
    page = upload(browser, workbook(broken))
    assert page.status_code == 422 and "survey!B8" in page.content.decode()
    assert not FormVersion.objects.exists()


def test_the_same_workbook_again_is_the_same_version(browser):
    upload(browser, workbook())
    upload(browser, workbook())
    assert FormVersion.objects.count() == 1


def test_a_changed_workbook_under_the_same_version_is_refused(browser):
    upload(browser, workbook())
    page = upload(browser, workbook([*SURVEY, ["text", "more", "还有吗"]]))
    assert page.status_code == 422 and "version" in page.content.decode()


def test_the_key_of_another_area_is_not_taken(browser):
    actions.upload_form(actor="test", area_code=cast.OTHER_COMMUNITY, content=workbook())
    page = upload(browser, workbook(about=settings(version="2")))
    assert page.status_code == 422 and FormVersion.objects.count() == 1


def test_a_question_is_bound_to_a_fact_until_it_is_published(browser):
    upload(browser, workbook())
    made = FormVersion.objects.get()
    address = reverse("forms:bind", args=[made.pk])
    browser.post(address, {"path": "/data/home/smoke", "fact": "is_resident"})
    made.refresh_from_db()
    assert made.questions[1]["fact"] == "is_resident"
    browser.post(address, {"path": "/data/home/smoke", "fact": "no_such_fact"})
    actions.publish_version(actor="test", version=made)
    browser.post(address, {"path": "/data/home/smoke", "fact": ""})
    made.refresh_from_db()
    assert made.questions[1]["fact"] == "is_resident"


def test_a_form_of_the_district_is_seen_but_not_changed_by_a_community(browser):
    made = actions.upload_form(actor="test", area_code=cast.DISTRICT, content=workbook())
    assert browser.get(reverse("forms:version", args=[made.pk])).status_code == 200
    assert browser.post(reverse("forms:publish", args=[made.pk])).status_code == 404


def test_a_phone_gets_its_code_once_and_can_be_revoked(browser):
    page = browser.post(reverse("forms:devices"), {"name": "志愿者一", "days": 7})
    assert "data:image/png" in page.content.decode() and "/openrosa/" in page.content.decode()
    device = Device.objects.get()
    assert "/openrosa/" not in browser.get(reverse("forms:devices")).content.decode()
    browser.post(reverse("forms:revoke", args=[device.pk]))
    device.refresh_from_db()
    assert device.revoked_at


def test_answers_of_other_areas_are_not_counted(browser):
    made = actions.upload_form(actor="test", area_code=cast.DISTRICT, content=workbook())
    for number, area in enumerate((cast.GRID, cast.OTHER_GRID, cast.OTHER_GRID)):
        Submission.objects.create(
            area_code=area, version=made, instance=f"uuid:0000000{number}", digest="0", xml_sealed=""
        )
    assert browser.get(reverse("forms:version", args=[made.pk])).context["answers"] == 1
    assert browser.get(reverse("forms:list")).context["rows"][0][2] == 1


def test_answers_are_listed_with_files_that_are_no_photos_marked(browser):
    made = actions.upload_form(actor="test", area_code=cast.COMMUNITY, content=workbook())
    address = reverse("forms:answers", args=[made.pk])
    assert "还没有收到答案" in browser.get(address).content.decode()
    written = {"changed": ["name"], "confirmed": [], "refused": [["phone", "x"]]}
    row = Submission.objects.create(
        area_code=cast.GRID, version=made, instance="uuid:00000001", digest="0", xml_sealed="",
        files=["a.jpg"], written_at=timezone.now(), written=written,
    )  # fmt: skip
    Attachment.objects.create(submission=row, name="a.jpg", digest="0", size=1, fault="image")
    page = browser.get(address).content.decode()
    assert "1 个不是照片" in page and "改了 1 项，核实 0 项" in page and "1 项没有写" in page


def test_a_list_of_three_costs_no_more_questions_than_one(browser):
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            browser.get(reverse("forms:list"))
        return len(caught)

    actions.upload_form(actor="test", area_code=cast.COMMUNITY, content=workbook())
    asked()
    one = asked()
    for key in ("second", "third"):
        actions.upload_form(actor="test", area_code=cast.COMMUNITY, content=workbook(about=settings(key)))
    assert asked() == one
