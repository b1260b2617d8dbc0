"""Whoever has the receipt sees how it goes, rates it, reopens it; nobody else does, and not too often."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.engines.cases.case_cast import a_unit, step
from tests.systems.incidents.incident_cast import closed, reported
from wangge.engines.cases.actions import Wish, merge_case
from wangge.systems.incidents.models import Report

pytestmark = pytest.mark.django_db


def page_of(client: Client, report: Report) -> str:
    return client.get(f"/r/t/{report.receipt}/").content.decode()


def said(client: Client, report: Report, verb: str, **more: str) -> Any:
    return client.post(f"/r/t/{report.receipt}/{verb}/", {"op": str(uuid4()), **more})


def test_the_page_says_in_plain_words_where_it_stands(client: Client) -> None:
    report = reported()
    assert "等工作人员受理" in page_of(client, report)
    step(report.case, "file", level="third", words="已登记处理")
    page = page_of(client, report)
    assert "已经受理" in page and "已登记处理" in page


def test_the_result_is_told_once_it_is_closed_and_the_unit_by_name(client: Client) -> None:
    report = reported()
    step(report.case, "file", level="third")
    step(report.case, "dispatch", unit=a_unit("路灯所"))
    step(report.case, "take")
    step(report.case, "answer", words="灯已换好", photos=(("a" * 64, "after"),))
    assert "路灯所" in page_of(client, report) and "灯已换好" not in page_of(client, report)
    step(report.case, "verify", photos=(("b" * 64, "after"),))
    step(report.case, "close")
    assert "灯已换好" in page_of(client, report)


def test_steps_among_officers_stay_among_them(client: Client) -> None:
    report = reported()
    step(report.case, "look", words="和店主谈过，他不同意", photos=(("a" * 64, "before"),))
    assert "店主" not in page_of(client, report)


def test_a_receipt_typed_by_hand_is_found_and_an_unknown_one_is_404_in_words(client: Client) -> None:
    report = reported()
    typed = report.receipt.lower()
    assert client.get("/r/mine/", {"receipt": f" {typed[:5]}-{typed[5:]}"}).url == f"/r/t/{typed}/"
    assert client.get(f"/r/t/{typed}/").status_code == 200
    other = client.get("/r/t/00000000000/")
    assert other.status_code == 404 and "没有这个回执号" in other.content.decode()


def test_whoever_tries_numbers_is_slowed(client: Client, settings: Any) -> None:
    settings.REPORT_LIMITS = settings.REPORT_LIMITS | {"try": (2, 3600)}
    assert [client.get(f"/r/t/0000000000{n}/").status_code for n in range(3)] == [404, 404, 429]


def test_this_phone_remembers_what_it_sent(client: Client) -> None:
    assert "还没有反映过" in client.get("/r/mine/").content.decode()
    client.post(
        "/r/", {"op": str(uuid4()), "system": "event", "words": "路灯不亮", "community": "440703002001"}
    )
    assert Report.objects.get().receipt in client.get("/r/mine/").content.decode()
    assert Report.objects.get().receipt not in Client().get("/r/mine/").content.decode()


class TestRating:
    def test_counts_once_it_is_closed(self, client: Client) -> None:
        report = reported()
        closed(report.case)
        answer = said(client, report, "rate", rating="3", solved="yes")
        report.case.refresh_from_db()
        assert answer.status_code == 302 and (report.case.rating, report.case.solved) == (3, True)
        assert "满意" in page_of(client, report)

    @pytest.mark.parametrize("given", [{}, {"rating": "9"}])
    def test_needs_one_of_three(self, client: Client, given: dict[str, str]) -> None:
        report = reported()
        closed(report.case)
        assert said(client, report, "rate", **given).status_code == 422

    def test_before_it_is_closed_is_refused_in_words(self, client: Client) -> None:
        answer = said(client, reported(), "rate", rating="3")
        assert answer.status_code == 422 and "现在是" in answer.content.decode()

    def test_is_once_and_the_same_op_again_is_the_same(self, client: Client) -> None:
        report, op = reported(), str(uuid4())
        closed(report.case)
        first = [client.post(f"/r/t/{report.receipt}/rate/", {"op": op, "rating": "1"}) for _ in range(2)]
        assert [answer.status_code for answer in first] == [302, 302]
        assert "已经评价过" in said(client, report, "rate", rating="3").content.decode()
        report.case.refresh_from_db()
        assert report.case.rating == 1

    def test_is_the_first_reporters_not_a_followers(self, client: Client) -> None:
        report, follower = reported(), reported()
        closed(report.case)
        answer = said(client, follower, "rate", rating="1")
        assert answer.status_code == 422 and "最先反映的人" in answer.content.decode()
        assert "请您评价" not in page_of(client, follower) and "请您评价" in page_of(client, report)


class TestReopening:
    def test_sends_it_back_with_a_reason(self, client: Client) -> None:
        report = reported()
        closed(report.case)
        assert said(client, report, "reopen", words="还是不亮").status_code == 302
        report.case.refresh_from_db()
        assert (report.case.state, report.case.reopened, report.case.closed_at) == ("filed", 1, None)

    def test_needs_a_reason(self, client: Client) -> None:
        report = reported()
        closed(report.case)
        answer = said(client, report, "reopen")
        assert answer.status_code == 422 and "哪里没解决" in answer.content.decode()

    def test_after_three_times_somebody_has_to_speak_with_her(self, client: Client) -> None:
        report = reported()
        closed(report.case)
        report.case.reopened = 3
        report.case.save(update_fields=["reopened"])
        answer = said(client, report, "reopen", words="还是不亮")
        assert answer.status_code == 422 and "打电话给社区" in answer.content.decode()


def test_after_a_merge_she_follows_the_other_one_but_does_not_read_its_words(client: Client) -> None:
    report, other = reported(), reported(words="同一盏灯，李家门口的")
    with_words = page_of(client, other)
    merge_case(actor="test", case=report.case, wish=Wish("merge", uuid4(), other=other.case))
    page = page_of(client, report)
    assert other.case.number in page
    assert "李家门口" in with_words and "李家门口" not in page
