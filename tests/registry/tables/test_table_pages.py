"""The pages: upload, columns, preview, fill, fetch once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.cast import COMMUNITY, officer, secretary
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, lives
from tests.registry.tables.blanks import WHO, blank, received
from wangge.registry.tables.actions.receive import Asked
from wangge.registry.tables.models import Fill, TableRequest
from wangge.registry.tables.queries import preview as previews

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
Enter = Callable[..., Client]


@pytest.fixture
def settled() -> None:
    lives(a_person("欧阳一", phone="10000004567"), since=ago(400))
    lives(a_person("欧阳二"), since=ago(400), room=a_room(door="102"))


def _upload(browser: Client, content: io.BytesIO | None = None, **asked: str):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("登记表.xlsx", (content or blank()).getvalue())
    told = {"area": COMMUNITY, "department": "民政局", "purpose": "发放津贴", "frequency": "once"}
    return browser.post(reverse("tables:upload"), {**told, **asked, "blank": file})


def _conditions(table: TableRequest, **changes: object) -> dict[str, object]:
    return {"unit": table.unit, "ledger": table.ledger, "filters": table.filters, "words": "", **changes}


def test_from_upload_to_the_file_in_four_steps(settled: None, logged_in: Enter) -> None:
    browser = logged_in(secretary())
    answer = _upload(browser)
    table = TableRequest.objects.get()
    assert answer.headers["Location"] == reverse("tables:columns", args=[table.pk])
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "6 列 → 5 列登记册里有，1 列可以算出，0 列登记册没有" in page
    answer = browser.post(reverse("tables:columns", args=[table.pk]), _conditions(table))
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "欧*一" in page and "欧阳一" not in page and "100****4567" in page and "10000004567" not in page
    answer = browser.post(reverse("tables:preview", args=[table.pk]))
    fill = Fill.objects.get()
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "2 行" in page and reverse("tables:file", args=[fill.pk]) in page
    answer = browser.post(reverse("tables:file", args=[fill.pk]))
    assert (
        "attachment" in answer.headers["Content-Disposition"]
        and answer.headers["Cache-Control"] == "no-store"
    )
    assert load_workbook(io.BytesIO(answer.content)).worksheets[0].cell(2, 2).value == "欧阳一"
    assert browser.post(reverse("tables:file", args=[fill.pk])).status_code == 302
    assert "已下载" in browser.get(reverse("tables:filling", args=[fill.pk])).content.decode()


def test_many_rows_wait_for_the_worker(
    settled: None, logged_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "COUNTED", 1)
    browser, table = logged_in(secretary()), received(COMMUNITY)
    page = browser.get(reverse("tables:preview", args=[table.pk])).content.decode()
    assert "1+" in page
    answer = browser.post(reverse("tables:preview", args=[table.pk]))
    assert Fill.objects.get().state == "waiting"
    assert "hx-get" in browser.get(answer.headers["Location"]).content.decode()


def test_a_filling_is_for_who_asked_and_nobody_else(settled: None, logged_in: Enter) -> None:
    table = received(COMMUNITY)
    logged_in(secretary()).post(reverse("tables:preview", args=[table.pk]))
    fill, other = Fill.objects.get(), logged_in(secretary())
    assert other.get(reverse("tables:filling", args=[fill.pk])).status_code == 404
    assert other.post(reverse("tables:file", args=[fill.pk])).status_code == 404
    fill.refresh_from_db()
    assert fill.state == "done"


def test_clear_numbers_are_offered_only_with_the_right(settled: None, logged_in: Enter) -> None:
    address = reverse("tables:preview", args=[received(COMMUNITY).pk])
    assert "unmasked" not in logged_in(secretary()).get(address).content.decode()
    browser = logged_in(officer())
    assert browser.post(address, {"unmasked": "on", "reason": ""}).status_code == 400
    assert browser.post(address, {"unmasked": "on", "reason": "发放津贴用"}).status_code == 302
    assert Fill.objects.get().unmasked


def test_a_file_that_cannot_be_filled_is_explained(logged_in: Enter) -> None:
    answer = _upload(logged_in(secretary()), blank(("甲", "乙", "丙")))
    assert answer.status_code == 422 and "没有找到表头" in answer.content.decode()
    assert not TableRequest.objects.exists()
    assert _upload(logged_in(secretary()), purpose="").status_code == 400


def test_a_doubtful_column_must_be_answered(settled: None, logged_in: Enter) -> None:
    browser, table = logged_in(secretary()), received(COMMUNITY, blank((*WHO, "登记日期")))
    address = reverse("tables:columns", args=[table.pk])
    assert browser.get(reverse("tables:preview", args=[table.pk])).headers["Location"] == address
    assert browser.post(address, _conditions(table)).status_code == 422
    answer = browser.post(address, _conditions(table, **{"c-0-G": "arrive_date"}))
    assert answer.headers["Location"] == reverse("tables:preview", args=[table.pk])


def test_conditions_in_words_are_taken_or_explained(settled: None, logged_in: Enter) -> None:
    browser, table = logged_in(secretary()), received(COMMUNITY)
    address = reverse("tables:columns", args=[table.pk])
    page = browser.post(address, _conditions(table, words="会飞的人"))
    assert page.status_code == 422 and "看不懂" in page.content.decode()
    browser.post(address, _conditions(table, words="80岁以上独居"))
    table.refresh_from_db()
    assert table.filters == ["age:80-", "alone"]
    page = browser.get(reverse("tables:preview", args=[table.pk])).content.decode()
    assert "没有符合条件的行" in page


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_list_shows_them_all_with_their_deadlines(number: int, logged_in: Enter) -> None:
    for at in range(number):
        day = timezone.localdate() - timedelta(days=1 - 10 * at)
        received(COMMUNITY, blank((*WHO, f"列{at}")), asked=Asked(f"第{at}局", deadline=day))
    page = logged_in(secretary()).get(reverse("tables:list")).content.decode()
    assert page.count("<tr>") == (number + 1 if number else 0)
    assert ("还没有部门报表" in page) == (number == 0) and ("已过期" in page) == (number > 0)


def test_a_request_is_closed_and_listed_so(settled: None, logged_in: Enter) -> None:
    browser, table = logged_in(secretary()), received(COMMUNITY)
    browser.post(reverse("tables:preview", args=[table.pk]))
    assert (
        "试用" in (page := browser.get(reverse("tables:table", args=[table.pk])).content.decode())
        or "苏记书" in page
    )
    browser.post(reverse("tables:close", args=[table.pk]))
    assert "已结束" in browser.get(reverse("tables:list") + "?state=closed").content.decode()
