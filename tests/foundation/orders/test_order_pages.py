"""The pages: drafting without scripts, one order with its figures, closing by the typed number, the paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import typst
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.foundation.orders import orders_cast as orders
from wangge.foundation.access.models import Reading
from wangge.foundation.journal.models import Delivery
from wangge.foundation.orders import actions, queries
from wangge.foundation.orders.actions import paper
from wangge.foundation.orders.models import Closing, EmergencyOrder
from wangge.lib.scoping import EVERYWHERE, within

AT = "/console/orders/"
FIELD = {
    "fields-TOTAL_FORMS": "2", "fields-INITIAL_FORMS": "0", "fields-0-label": "人员去向",
    "fields-0-kind": "choice", "fields-0-function": "declaration", "fields-0-choices": "投亲，安置点、其他",
    "fields-1-kind": "text", "fields-1-function": "group", "fields-1-label": "",
}  # fmt: skip
ABOUT = {
    "number": "示例风指1号", "title": "某台风", "kind": "typhoon", "basis": "示例", "issuer": "示例指挥部",
    "areas": [cast.TOWN], "starts": "2026-07-01T08:00", "ends": "2036-07-05T08:00", "retention_days": "3",
}  # fmt: skip


@pytest.fixture
def centre(ground, logged_in) -> Client:
    return logged_in(cast.district_user())


@pytest.fixture
def inside(ground) -> Iterator[None]:
    with within(EVERYWHERE):
        yield


def page(browser: Client, address: str) -> str:
    answer = browser.get(AT + address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_order_is_drafted_with_its_lines(centre, inside):
    answer = centre.post(AT + "new/", {**ABOUT, **FIELD})
    order = EmergencyOrder.objects.get()
    assert answer.status_code == 302 and order.title == "某台风"
    (field,) = order.fields.all()
    assert (field.label, field.choices) == ("人员去向", ["投亲", "安置点", "其他"])


def test_more_lines_without_scripts_keep_what_was_typed(centre, inside):
    answer = centre.post(AT + "new/", {**ABOUT, **FIELD, "more": "yes"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "fields-4-label" in text and "人员去向" in text
    assert not EmergencyOrder.objects.exists()


def test_a_draft_that_is_not_whole_says_what_is_missing(centre, inside):
    answer = centre.post(AT + "new/", {**ABOUT, **FIELD, "fields-0-label": ""})
    assert answer.status_code == 422 and "至少写一项" in answer.content.decode()


def test_a_draft_is_amended_and_started_from_its_page(centre, inside):
    order = orders.draft()
    assert "48小时核酸时间" in page(centre, f"{order.pk}/edit/")
    centre.post(f"{AT}{order.pk}/edit/", {**ABOUT, **FIELD})
    centre.post(f"{AT}{order.pk}/start/")
    order.refresh_from_db()
    assert (order.title, order.state) == ("某台风", "active")
    assert centre.get(f"{AT}{order.pk}/edit/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_as_many_queries_with_one_as_with_three(
    centre, inside, number, django_assert_max_num_queries
):
    for place in range(number):
        orders.draft(number=f"{place}号")
    with django_assert_max_num_queries(22):
        assert "某地疫情排查" in page(centre, "")


def test_the_page_says_what_was_switched_on_and_every_figure_opens_its_rows(centre, inside):
    order = orders.started()
    orders.keep(order, 5, told=orders.TOLD, symptoms="是")
    text = page(centre, f"{order.pk}/")
    assert "报备里多了这些项" in text and f"{AT}{order.pk}/rows/?key=told" in text
    assert "2" in page(centre, f"{order.pk}/counts/")
    shown = page(centre, f"{order.pk}/rows/?key=told")
    assert orders.TOLD in shown and "有无症状" not in shown


def test_whoever_reads_a_value_stands_in_the_read_log(centre, inside):
    order = orders.started()
    orders.keep(order, 5, symptoms="是")
    page(centre, f"{order.pk}/rows/")
    reading = Reading.objects.get(subject_type="declarations.declaration")
    assert (reading.subject_id, reading.area_code) == ("5", cast.COMMUNITY)


def test_a_phone_somebody_typed_is_masked_on_the_page_and_in_the_export(centre, inside, home):
    order = orders.started()
    orders.keep(order, 5, told="电话10012345678")
    assert "10012345678" not in page(centre, f"{order.pk}/rows/")
    answer = centre.post(f"{AT}{order.pk}/export/")
    assert answer.status_code == 200
    assert order.files.get().kind == "export"


def test_the_line_at_the_top_stands_on_pages_of_the_area_only(ground, logged_in, inside):
    orders.started()
    line = "应急指令 示例疫指〔2026〕1号 生效中"
    assert line in logged_in(cast.worker()).get("/console/").content.decode()
    assert line not in logged_in(cast.worker(cast.OTHER_GRID)).get("/console/").content.decode()


def test_closing_wants_the_number_typed(centre, inside):
    order = orders.started()
    wrong = centre.post(f"{AT}{order.pk}/close/", {"number": "别的", "reason": "结束了"})
    assert wrong.status_code == 422 and "文号不一致" in wrong.content.decode()
    assert not Delivery.objects.filter(reaction__endswith="close_order").exists()
    centre.post(f"{AT}{order.pk}/close/", {"number": order.number, "reason": "结束了"})
    assert Delivery.objects.filter(reaction__endswith="close_order").count() == 1
    assert "关闭的进度" in page(centre, f"{order.pk}/")


def test_a_secretary_sees_the_order_and_changes_nothing(ground, logged_in, inside):
    order, browser = orders.started(), logged_in(cast.secretary())
    assert "关闭并销毁" not in page(browser, f"{order.pk}/")
    for verb in ("start", "extend", "close", "discard", "accept"):
        assert browser.post(f"{AT}{order.pk}/{verb}/").status_code == 403


def test_a_town_centre_does_not_close_an_order_of_the_district(ground, logged_in, inside):
    order = orders.started(areas=(cast.TOWN, cast.OTHER_TOWN))
    browser = logged_in(cast.district_user(cast.TOWN))
    answer = browser.post(f"{AT}{order.pk}/close/", {"number": order.number, "reason": "结束了"})
    assert (
        answer.status_code == 403 and not Delivery.objects.filter(reaction__endswith="close_order").exists()
    )


def test_an_erased_order_says_what_is_gone_and_gives_the_paper(lasting_ground, logged_in):
    order = orders.started()
    orders.keep(order, 5, told=orders.TOLD)
    actions.close_order(actor="test", order=order)
    browser = logged_in(cast.district_user())
    assert "已全部销毁" in page(browser, f"{order.pk}/")
    shown = page(browser, f"{order.pk}/certificate/")
    assert "症状说明" in shown and orders.TOLD not in shown
    assert "certificate.pdf" in shown and "SM3" in shown
    assert browser.get(f"{AT}{order.pk}/rows/").status_code == 404


def test_without_a_chinese_font_the_paper_is_set_once_there_is_one(lasting_ground, logged_in, monkeypatch):
    monkeypatch.setattr(paper, "FONTS", ("No Such Font",))
    order = orders.started()
    actions.close_order(actor="test", order=order)
    browser, address = logged_in(cast.district_user()), f"{AT}{order.pk}/certificate.pdf"
    answer = browser.get(address, follow=True)
    assert "没有中文字体" in answer.content.decode()
    monkeypatch.setattr(paper, "FONTS", typst.Fonts().families())
    assert browser.get(address).content.startswith(b"%PDF")


def test_a_closing_that_waits_for_somebody_is_not_asked_for_again_and_again(centre, inside):
    order = orders.started()
    closing = actions.request_closing(actor="test", order=order)
    assert "every 2s" in page(centre, f"{order.pk}/")
    Closing.objects.filter(pk=closing.pk).update(step="verify", problem="found", found=[["a.b", 2]])
    text = page(centre, f"{order.pk}/")
    assert "every 2s" not in text and "a.b" in text and "确认另有来源" in text


def test_the_home_page_counts_orders_somebody_has_to_look_at(centre, inside):
    orders.started(number="远期1号")
    soon = orders.started(number="近期2号", ends=timezone.now() + timedelta(days=1))
    orders.draft(number="草稿3号")
    assert list(queries.orders_waiting()) == [soon]
    assert "要处理的应急指令" in centre.get("/console/").content.decode()
    assert "近期2号" in page(centre, "?view=waiting") and "草稿3号" not in page(centre, "?view=waiting")
