"""The import wizard: from a file to a result, every step of which can be left and come back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import COMMUNITY, OTHER_COMMUNITY, secretary, worker
from wangge.foundation.access.models import User
from wangge.lib.identifiers import make_demo_id
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.enums import BatchState
from wangge.registry.ledgers.models import Batch
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
Enter = Callable[..., Client]


def _id(serial: int) -> str:
    from datetime import date

    return make_demo_id("999703", date(1980, 5, 6), serial)


def _csv(*names: str, header: str = "姓名,身份证号,联系电话,现住址", start: int = 701) -> bytes:
    rows = [
        f"{name},{_id(start + at)},1000000{start + at:04d},示范路1号甲栋{101 + at}"
        for at, name in enumerate(names)
    ]
    return "\r\n".join([header, *rows]).encode("utf-8-sig")


@pytest.fixture
def keeper() -> User:
    return secretary(COMMUNITY)


@pytest.fixture
def browser(keeper: User, logged_in: Enter) -> Client:
    return logged_in(keeper)


def _upload(browser: Client, content: bytes, name: str = "台账.csv", area: str = COMMUNITY):  # type: ignore[no-untyped-def]
    return browser.post(reverse("ledgers:upload"), {"area": area, "files": SimpleUploadedFile(name, content)})


def _upload_batch(browser: Client, content: bytes) -> Batch:
    answer = _upload(browser, content)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Batch.objects.latest("pk")


def _to(browser: Client, batch: Batch, step: str, **posted: str):  # type: ignore[no-untyped-def]
    return browser.post(reverse(f"ledgers:{step}", args=[batch.pk]), posted)


def test_a_file_goes_from_upload_to_result_and_nobody_is_written_before_the_last_word(
    browser: Client, keeper: User
) -> None:
    batch = _upload_batch(browser, _csv("甲一", "甲二"))
    page = browser.get(reverse("ledgers:import", args=[batch.pk]), follow=True)
    assert "身份证号" in page.content.decode() and _id(701) not in page.content.decode()
    assert _to(browser, batch, "columns").status_code == 302
    plan = browser.get(reverse("ledgers:import", args=[batch.pk]), follow=True).content.decode()
    assert "这是试算" in plan and "确认导入 2 行" in plan
    assert not Person.objects.exists()
    assert _to(browser, batch, "commit").status_code == 302
    assert "排队中" in browser.get(reverse("ledgers:progress", args=[batch.pk])).content.decode()
    actions.commit_batch(actor=keeper, batch=Batch.objects.get(pk=batch.pk))
    assert Person.objects.count() == 2
    result = browser.get(reverse("ledgers:import", args=[batch.pk])).content.decode()
    assert "本次更新的台账" in result
    touched = browser.get(reverse("ledgers:touched", args=[batch.pk])).content.decode()
    assert "本次更新的台账（1）" in touched and "常住人口" in touched and "企业人员" not in touched
    rows = browser.get(reverse("ledgers:rows", args=[batch.pk, "new"])).content.decode()
    assert "甲一" in rows and "甲二" in rows


def test_the_progress_page_leads_on_when_the_import_is_through(browser: Client, keeper: User) -> None:
    batch = _upload_batch(browser, _csv("甲一"))
    _to(browser, batch, "columns")
    _to(browser, batch, "commit")
    address = reverse("ledgers:progress", args=[batch.pk])
    asked = browser.get(address, headers={"HX-Request": "true"})
    assert "HX-Redirect" not in asked.headers and "<html" not in asked.content.decode()
    actions.commit_batch(actor=keeper, batch=Batch.objects.get(pk=batch.pk))
    asked = browser.get(address, headers={"HX-Request": "true"})
    assert asked.headers["HX-Redirect"] == reverse("ledgers:import", args=[batch.pk])
    assert browser.get(address).status_code == 302


def test_the_same_file_again_leads_to_its_result_and_changes_nothing(browser: Client, keeper: User) -> None:
    batch = _upload_batch(browser, _csv("甲一"))
    _to(browser, batch, "columns")
    actions.commit_batch(actor=keeper, batch=Batch.objects.get(pk=batch.pk))
    answer = _upload(browser, _csv("甲一"))
    assert answer.headers["Location"] == reverse("ledgers:import", args=[batch.pk])
    assert "没有重复写入" in browser.get(answer.headers["Location"]).content.decode()
    assert Batch.objects.count() == 1 and Person.objects.count() == 1


def test_an_ambiguous_column_is_asked_and_the_answer_is_kept(browser: Client) -> None:
    header = "姓名,身份证号,联系电话,户号"
    rows = [f"甲{at},{_id(720 + at)},1000000072{at},{at}" for at in range(3)]
    batch = _upload_batch(browser, "\r\n".join([header, *rows]).encode())
    asking = [c for sheet in batch.sheets for c in sheet["columns"] if c["ask"]]
    if not asking:
        pytest.skip("the mapping no longer finds 户号 ambiguous")
    assert batch.state == BatchState.ASKING
    field = f"c-0-{asking[0]['index']}"
    refused = _to(browser, batch, "columns")
    assert refused.status_code == 422 and "还有 1 列没有确认" in refused.content.decode()
    assert _to(browser, batch, "columns", **{field: "household_no"}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED
    assert batch.mapping[batch.sheets[0]["name"]][str(asking[0]["index"])] == "household_no"


def test_two_columns_for_one_fact_are_refused_in_words(browser: Client) -> None:
    batch = _upload_batch(browser, _csv("甲一"))
    answer = browser.post(
        reverse("ledgers:columns", args=[batch.pk]), {"c-0-2": "phone", "c-0-3": "phone"}, follow=True
    )
    assert "请只保留一列" in answer.content.decode()


def test_errors_are_told_with_row_and_reason_and_come_back_as_a_workbook(browser: Client) -> None:
    content = _csv("甲一") + "\r\n甲坏,99970319800506000,10000000999,示范路1号甲栋105".encode()
    batch = _upload_batch(browser, content)
    _to(browser, batch, "columns")
    plan = browser.get(reverse("ledgers:plan", args=[batch.pk])).content.decode()
    assert "下载错误表" in plan
    answer = browser.get(reverse("ledgers:errors", args=[batch.pk]))
    assert answer.status_code == 200 and b"".join(answer.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "content"), [("空.csv", b""), ("坏.xlsx", b"not a workbook"), ("图.png", b"\x89PNG\r\n")]
)
def test_a_file_that_cannot_be_read_is_named_and_leaves_nothing(
    browser: Client, name: str, content: bytes
) -> None:
    answer = _upload(browser, content, name)
    assert answer.status_code in (400, 422)
    assert not Batch.objects.exists()


def test_several_files_at_once_go_to_the_list(browser: Client) -> None:
    files = [
        SimpleUploadedFile("一.csv", _csv("甲一")),
        SimpleUploadedFile("二.csv", _csv("甲二", start=731)),
    ]
    answer = browser.post(reverse("ledgers:upload"), {"area": COMMUNITY, "files": files})
    assert answer.headers["Location"] == reverse("ledgers:imports")
    text = browser.get(reverse("ledgers:imports")).content.decode()
    assert "一.csv" in text and "二.csv" in text


def test_a_batch_can_be_given_up_and_then_its_file_is_gone(browser: Client) -> None:
    batch = _upload_batch(browser, _csv("甲一"))
    assert _to(browser, batch, "cancel").status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.stored) == (BatchState.CANCELLED, "")
    assert "已取消" in browser.get(reverse("ledgers:import", args=[batch.pk])).content.decode()


def test_an_import_that_is_through_cannot_be_cancelled(browser: Client, keeper: User) -> None:
    batch = _upload_batch(browser, _csv("甲一"))
    _to(browser, batch, "columns")
    actions.commit_batch(actor=keeper, batch=Batch.objects.get(pk=batch.pk))
    _to(browser, batch, "cancel")
    assert Batch.objects.get(pk=batch.pk).state == BatchState.DONE


def test_another_area_s_batch_does_not_exist(browser: Client, logged_in: Enter) -> None:
    batch = _upload_batch(browser, _csv("甲一"))
    other = logged_in(secretary(OTHER_COMMUNITY), Client())
    for step in ("import", "columns", "plan", "progress", "errors"):
        assert other.get(reverse(f"ledgers:{step}", args=[batch.pk])).status_code == 404, step
    for step in ("commit", "cancel"):
        assert _to(other, batch, step).status_code == 404
    assert "台账.csv" not in other.get(reverse("ledgers:imports")).content.decode()
    assert _upload(other, _csv("甲二")).status_code == 404


def test_who_may_not_import_is_refused(logged_in: Enter) -> None:
    browser = logged_in(worker())
    assert browser.get(reverse("ledgers:imports")).status_code == 403
    assert _upload(browser, _csv("甲一")).status_code == 403


def test_the_list_asks_as_often_for_three_batches_as_for_one(browser: Client) -> None:
    def asked() -> int:
        browser.get(reverse("ledgers:imports"))
        with CaptureQueriesContext(connection) as caught:
            browser.get(reverse("ledgers:imports"))
        return len(caught)

    _upload_batch(browser, _csv("甲一"))
    before = asked()
    for start in (741, 751):
        _upload_batch(browser, _csv("甲二", start=start))
    assert asked() == before


def test_a_day_to_come_is_not_the_day_of_a_ledger(browser: Client) -> None:
    answer = browser.post(
        reverse("ledgers:upload"),
        {"area": COMMUNITY, "files": SimpleUploadedFile("台账.csv", _csv("甲一")), "as_of": "2999-01-01"},
    )
    assert answer.status_code == 400 and "不能晚于今天" in answer.content.decode()
