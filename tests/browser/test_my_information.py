"""A resident sees her own data on a phone, and the desk answers: in a real browser, read by axe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.registry.rights.rights_cast import PHONE, a_household, a_resident, tail_of, years_ago
from wangge.foundation.access import actions as access
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Person
from wangge.registry.rights.models import RightsRequest

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(__file__).resolve().parents[2] / "front" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("WANGGE_SHOTS", "")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone; the content policy is lifted for axe alone, which the tests bring along."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", timezone_id="Asia/Shanghai", bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def person(settings: Any) -> Person:
    """A mother with a child of nine, whom a worker and an officer have looked at."""
    settings.DEMO = True
    cast.lay_ground()
    made = a_resident(school="示范小学", confirmed_at="2026-03-04", source=40, emergency_contact="示范某")
    a_household(made, a_resident("欧阳小小", "", birth=years_ago(9)))
    with within(EVERYWHERE):
        access.note_reading(actor=cast.worker(), subject=made)
        access.reveal(actor=cast.officer(), subject=made, field="phone", reason="电话回访")
    return made


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def look(page: Page, name: str) -> None:
    """A picture at the phone's and at the desk's size, where somebody wants to see them."""
    if SHOTS:
        for width, height in ((390, 844), (1366, 768)):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 390, "height": 844})


def checked(page: Page, name: str) -> None:
    """Nothing against the rules, nothing wider than the phone."""
    look(page, name)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def come_in(page: Page, address: str, person: Person) -> None:
    page.goto(f"{address}/my/")
    checked(page, "enter")
    page.get_by_label("手机号码").fill(PHONE)
    page.get_by_role("button", name="获取验证码").click()
    note = page.get_by_text("演示：短信里的验证码是").inner_text()
    checked(page, "code")
    page.get_by_label("短信验证码").fill(note[-6:])
    page.get_by_label("证件号码后六位").fill(tail_of(person))
    page.get_by_role("button", name="进入").click()
    expect(page.get_by_role("heading", name="我的信息", level=1)).to_be_visible()


def test_see_ask_be_answered(page: Page, live_server: Any, person: Person, logged_in: Any) -> None:
    come_in(page, live_server.url, person)
    expect(page.get_by_text("网格员 · 甲一网格")).to_be_visible()
    checked(page, "info")
    with page.expect_download() as kept:
        page.get_by_role("button", name="下载我的副本").click()
    assert PHONE in Path(kept.value.path()).read_text(encoding="utf-8")
    page.get_by_role("link", name="要求更正、删除或解释").click()
    page.get_by_label("更正或补充").check()
    page.get_by_label("要更正哪一项").select_option("school")
    checked(page, "ask")
    page.get_by_role("button", name="送出请求").click()
    expect(page.get_by_text("还没有送出")).to_be_visible()
    checked(page, "ask-fault")
    page.get_by_label("应改为").fill("新示范小学")
    page.get_by_role("button", name="送出请求").click()
    expect(page.get_by_text("最迟")).to_be_visible()
    checked(page, "request")
    row = RightsRequest._base_manager.get()
    form = {"state": "granted", "text": "已核实并更正。", "fields_done": ["school"], "source": "50"}
    logged_in(cast.secretary()).post(reverse("rights:answer", args=[row.pk]), form)
    page.reload()
    expect(page.get_by_text("已核实并更正。")).to_be_visible()
    checked(page, "answered")


def test_the_child_the_paper_and_the_way_out(page: Page, live_server: Any, person: Person) -> None:
    come_in(page, live_server.url, person)
    page.get_by_role("link", name="欧阳小小").click()
    expect(page.get_by_role("heading", name="欧阳小小的信息")).to_be_visible()
    checked(page, "child")
    page.get_by_role("link", name="打印").click()
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    checked(page, "paper")
    page.get_by_role("link", name="返回我的信息").click()
    page.get_by_role("link", name="请社区核对后办理").click()
    checked(page, "stranger")
    page.goto(f"{live_server.url}/my/info/")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("button", name="获取验证码")).to_be_visible()


def test_whoever_is_not_found(page: Page, live_server: Any, person: Person) -> None:
    page.goto(f"{live_server.url}/my/")
    page.get_by_label("手机号码").fill("10099990000")
    page.get_by_role("button", name="获取验证码").click()
    code = page.get_by_text("演示：短信里的验证码是").inner_text()[-6:]
    page.get_by_label("短信验证码").fill(code)
    page.get_by_label("证件号码后六位").fill("123456")
    page.get_by_role("button", name="进入").click()
    expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
    checked(page, "unknown")
