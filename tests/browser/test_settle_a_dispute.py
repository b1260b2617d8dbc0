"""A dispute from registered to closed in the browser; another officer reads letters only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.browser.test_walk_the_district import enter
from tests.engines.cases.page_cast import picture
from tests.systems.disputes.dispute_cast import ID_ONE, ID_OTHER, ONE, OTHER, a_dispute
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import by_pk
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stand() -> None:
    by_pk.cache_clear()  # keys of rows of an earlier test are given again
    cast.lay_ground()


@pytest.fixture
def desk(browser: Browser, live_server: Any) -> Iterator[Any]:
    """``desk(user)`` is a page on which the user is signed in."""
    contexts = []

    def sit(username: str) -> Page:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
        contexts.append(context)
        page = context.new_page()
        enter(page, live_server.url, username)
        return page

    yield sit
    for context in contexts:
        context.close()


def fill(page: Page, **told: str) -> None:
    """Fields by their names."""
    for name, value in told.items():
        field = page.locator(f"[name={name.replace('__', '-')}]:visible").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def look(page: Page, name: str) -> None:
    """A picture of the page at both sizes, where somebody wants to see it."""
    folder = os.environ.get("WANGGE_SHOTS")
    if not folder:
        return
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=str(Path(folder) / f"{name}_{width}.png"), full_page=True)


def no_wider(page: Page) -> None:
    """Nothing sticks out at the width of a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1366, "height": 768})


def test_from_registered_to_closed(desk: Any, live_server: Any, tmp_path: Path) -> None:
    secretary = cast.secretary()
    page, home = desk(secretary.username), f"{live_server.url}/console/disputes/"
    day = timezone.localdate() + timedelta(days=9)
    page.goto(f"{home}new/")
    look(page, "new_empty")
    fill(page, kind="neighbours", area=cast.GRID, address="虚构小区", words="半夜漏水", p0__name=ONE,
         p0__id_no=ID_ONE, p0__phone="10011112222", p1__name=OTHER, p1__id_no=ID_ONE)  # fmt: skip
    page.get_by_role("button", name="登记", exact=True).last.click()
    expect(page.get_by_role("alert").first).to_contain_text("同一个人")
    look(page, "new_wrong")
    fill(page, p1__id_no=ID_OTHER)
    page.get_by_role("button", name="再加一位当事人").click()
    expect(page.locator("[name=p1-name]")).to_have_value(OTHER)
    no_wider(page)
    page.get_by_role("button", name="登记", exact=True).last.click()
    expect(page.locator(".case-state")).to_have_text("已登记")
    page.locator("#do-accept form button.btn-primary, #do-accept summary").first.click()
    page.locator("#do-accept form button.btn-primary").click()
    expect(page.locator(".case-state")).to_have_text("调解中")
    page.get_by_role("link", name="调解一次").click()
    fill(page, said_1="要求赔天花板", said_2="只愿出一半", words="双方愿意再谈", place="社区调解室")
    look(page, "session")
    no_wider(page)
    page.get_by_role("button", name="记下这次调解").click()
    page.get_by_role("link", name="写协议").click()
    fill(page, facts="楼上水管漏水，泡坏天花板。", t0__words="一次付清修理费", t0__amount="1200",
         t0__party="2", t0__due_on=day.isoformat())  # fmt: skip
    page.get_by_role("button", name="保存草稿").last.click()
    photo = tmp_path / "协议书.jpg"
    photo.write_bytes(picture("white", (800, 1100)))
    page.locator("#sign-photos").set_input_files(str(photo))
    look(page, "agreement")
    no_wider(page)
    page.get_by_role("button", name="协议已签，达成协议").click()
    expect(page.locator(".case-state")).to_have_text("已达成，待回访")
    look(page, "case_handler")
    no_wider(page)
    page.get_by_role("link", name="已履行，结案").click()
    page.locator(".dispute-term select").select_option("yes")
    expect(page.locator("[name=do]")).to_have_value("close")
    fill(page, words="上门看过，钱已付清", opinion="3")
    look(page, "follow")
    no_wider(page)
    page.get_by_role("button", name="记下回访").click()
    expect(page.locator(".case-state")).to_have_text("已结案")
    with within(EVERYWHERE):
        case = Case.objects.get()
    assert [step.key for step in case.steps.all()] == ["open", "accept", "session", "agree", "close"]
    street = desk(cast.officer().username)
    street.goto(f"{live_server.url}/console/cases/{case.number}/")
    expect(street.locator("#dispute")).to_contain_text("只给承办的人看")
    assert not any(word in street.content() for word in (ONE, OTHER, "天花板", "付清"))
    look(street, "case_other")
    for name in ("", "log/", "rates/", f"{case.number}/handlers/", f"{case.number}/parties/"):
        page.goto(f"{home}{name}" if name else f"{home}?show=all")
        look(page, f"page_{name.strip('/').replace('/', '_') or 'list'}")
        no_wider(page)


def test_a_number_is_shown_after_a_reason(desk: Any, live_server: Any) -> None:
    secretary = cast.secretary()
    with within(EVERYWHERE):
        case = a_dispute(secretary)
    page = desk(secretary.username)
    page.goto(f"{live_server.url}/console/cases/{case.number}/")
    box = page.locator(".dispute-people details").first
    box.locator("summary").click()
    box.locator("[name=reason]").fill("约时间调解")
    box.get_by_role("button", name="显示").click()
    expect(box).to_contain_text("10011112222")
