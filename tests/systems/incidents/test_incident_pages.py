"""The console: the list and its numbers, registering at the window, files of the hotline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.systems.incidents.incident_cast import PHONE, a_picture, closed, reported
from tests.systems.incidents.test_hotline_orders import FIRST, SECOND, a_book
from wangge.engines.cases.models import Case
from wangge.systems.incidents.actions.answering import rate
from wangge.systems.incidents.models import HotlineBatch

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]


def text_of(browser: Client, query: str = "") -> str:
    return browser.get(f"/console/incidents/{query}").content.decode()


class TestTheList:
    @pytest.mark.parametrize("many", [1, 3])
    def test_shows_what_is_open_with_kind_and_place(self, logged_in: Enter, many: int) -> None:
        for number in range(many):
            reported(words=f"第{number}处路灯不亮")
        page = text_of(logged_in(cast.secretary()))
        assert page.count("处路灯不亮") == many and "城市管理" in page and "甲一网格" in page

    def test_another_communitys_stay_out(self, logged_in: Enter) -> None:
        reported()
        assert "路灯不亮" not in text_of(logged_in(cast.secretary(cast.OTHER_COMMUNITY)))

    def test_every_filter_leaves_out_what_it_does_not_name(self, logged_in: Enter) -> None:
        case = reported().case
        browser = logged_in(cast.secretary())
        for query in (
            "system=request",
            "kind=fire",
            "source=hotline",
            "since=2099-01-01",
            "text=井盖",
            "side=closed",
        ):
            assert "路灯不亮" not in text_of(browser, f"?{query}"), query
        for query in ("system=event", "kind=city", f"text={case.number}", f"area={cast.COMMUNITY}"):
            assert "路灯不亮" in text_of(browser, f"?{query}"), query

    def test_the_response_rate_is_rated_over_closed_and_a_dash_over_nothing(self, logged_in: Enter) -> None:
        browser = logged_in(cast.secretary())
        assert "回评率（已评价 ÷ 办结）—" in text_of(browser)
        reports = [reported(words=f"第{number}处路灯不亮") for number in range(4)]
        for report in reports:
            closed(report.case)
        rate(report=reports[0], op=uuid4(), rating=3, solved=True)
        page = text_of(browser, "?side=closed")
        assert "回评率（已评价 ÷ 办结）25.00%" in page and "÷ 已评价）100.00%" in page


def posted(browser: Client, **more: Any) -> Any:
    given = {"op": str(uuid4()), "system": "request", "source": "office", "kind": "livelihood", "level": "",
             "area": cast.GRID, "title": "咨询医保怎么转"}  # fmt: skip
    return browser.post("/console/incidents/new/", given | more)


class TestRegistering:
    def test_gives_a_number_and_a_receipt_and_seals_the_phone(self, logged_in: Enter) -> None:
        user = cast.secretary()
        photo = SimpleUploadedFile("a.jpg", a_picture(), "image/jpeg")
        answer = posted(logged_in(user), phone=PHONE, name="林晓月", photo=photo, level="request:inquiry")
        case = Case.objects.get()
        assert answer.status_code == 302 and case.launcher == user
        assert (case.system, case.level, case.source) == ("request", "inquiry", "office")
        assert PHONE not in case.reporter_sealed and case.receipt and case.steps.get().photos

    def test_the_same_form_twice_is_one_case(self, logged_in: Enter) -> None:
        browser, op = logged_in(cast.secretary()), str(uuid4())
        for _ in range(2):
            posted(browser, op=op, looked="1")
        assert Case.objects.count() == 1

    def test_similar_open_ones_are_shown_before_a_number_is_given(self, logged_in: Enter) -> None:
        browser = logged_in(cast.secretary())
        posted(browser)
        page = posted(browser)
        assert page.status_code == 200 and "可能是同一件事" in page.content.decode()
        assert Case.objects.count() == 1
        posted(browser, looked="1")
        assert Case.objects.count() == 2

    def test_one_that_is_the_same_is_followed_instead(self, logged_in: Enter) -> None:
        browser, op = logged_in(cast.secretary()), str(uuid4())
        posted(browser)
        case = Case.objects.get()
        for _ in range(2):
            browser.post(f"/console/incidents/join/{case.number}/", {"op": op, "phone": PHONE})
        assert case.followers.count() == 2 and Case.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [({"title": ""}, "必填"), ({"phone": "12"}, "电话号码"), ({"level": "event:urgent"}, "等级不是"),
         ({"area": cast.OTHER_GRID}, "选择")],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_is_registered(
        self, logged_in: Enter, wrong: dict, said: str
    ) -> None:
        answer = posted(logged_in(cast.secretary()), **wrong)
        assert answer.status_code == 422 and said in answer.content.decode()
        assert Case.objects.count() == 0


class TestTheHotline:
    def sent(self, browser: Client, content: bytes) -> Any:
        file = SimpleUploadedFile("工单.xlsx", content)
        return browser.post("/console/incidents/hotline/", {"file": file, "area": cast.COMMUNITY})

    def test_a_file_is_shown_then_written_then_answered(self, logged_in: Enter) -> None:
        browser = logged_in(cast.secretary())
        answer = self.sent(browser, a_book(FIRST, SECOND))
        page = browser.get(answer.url).content.decode()
        assert "工单编号 ← 工单 编号" in page and "没有的列" in page and PHONE not in page
        browser.post(f"{answer.url}write/")
        assert Case.objects.count() == 2
        assert "GD20261126001" in browser.get("/console/incidents/hotline/").content.decode()
        book = browser.get("/console/incidents/hotline/replies/")
        assert book.status_code == 200 and book.content.startswith(b"PK")

    def test_another_file_is_refused_in_words(self, logged_in: Enter) -> None:
        answer = self.sent(logged_in(cast.secretary()), b"nonsense")
        assert answer.status_code == 422 and "不是能读的" in answer.content.decode()

    def test_a_file_may_be_dropped(self, logged_in: Enter) -> None:
        browser = logged_in(cast.secretary())
        browser.post(f"{self.sent(browser, a_book(FIRST)).url}drop/")
        assert HotlineBatch.objects.get().rows_sealed == ""
