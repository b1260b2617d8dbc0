"""A manager founds a group on her phone, invites, compares her list, lets somebody go and dissolves it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, lay_ground, secretary
from tests.systems.groups.groups_cast import firm, phone, staff_file
from wangge.flows import service
from wangge.foundation.proofs.models import Allowance
from wangge.foundation.territory.models import Setting
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Tie
from wangge.systems.groups.models import Group, Member

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(__file__).parents[2] / "front" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"


@pytest.fixture(autouse=True)
def _demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.HOME = True, tmp_path


def reachable(page: Page) -> None:
    """No fault that axe finds, and nothing wider than the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults = page.evaluate(
        f"async () => (await axe.run(document, {RULES})).violations.map(v => [v.id, v.nodes[0].html])"
    )
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def take_code(page: Page) -> None:
    """Type the code the demo shows, and send it."""
    reachable(page)
    page.fill("input[name=code]", page.locator("[data-shown-code]").inner_text())
    page.locator("main form button").first.click()
    Allowance.objects.all().delete()  # the minute between two codes


def visitor(browser: Browser, complaints: list[str]) -> Page:
    """Somebody else's phone."""
    page = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    return page


def drain() -> None:
    with within(EVERYWHERE):
        service.once()


def test_a_groups_whole_life(
    page: Page, browser: Browser, live_server: Any, complaints: list[str], tmp_path: Path
) -> None:
    lay_ground()
    with within(EVERYWHERE):
        works = firm(name="示例五金厂", staff=2)
    page.set_viewport_size(PHONE)

    # found
    page.goto(f"{live_server.url}/groups/")
    reachable(page)
    page.get_by_role("link", name="创建团体").click()
    page.fill("input[name=name]", "示例五金厂")
    page.select_option("select[name=area_code]", label="甲一社区")
    page.fill("input[name=address]", "示例路1号")
    page.fill("input[name=founder]", "郑管")
    page.fill("input[name=phone]", phone(100))
    reachable(page)
    page.get_by_role("button", name="获取验证码").click()
    take_code(page)
    expect(page.get_by_text("团体已创建")).to_be_visible()
    group_page = page.url

    # the community confirms which firm it is
    office = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    office.goto(f"{live_server.url}/console/")
    office.fill("input[name=login]", secretary().username)
    office.fill("input[name=password]", PASSWORD)
    office.press("input[name=password]", "Enter")
    office.wait_for_url("**/console/**")
    office.goto(f"{live_server.url}/console/groups/")
    office.get_by_role("link", name="示例五金厂").click()
    office.get_by_role("button", name="就是这家单位").click()
    expect(office.get_by_text("已对应登记单位")).to_be_visible()

    # invite
    page.get_by_role("button", name="生成邀请").click()
    expect(page.get_by_role("img", name="加入团体的二维码")).to_be_visible()
    reachable(page)
    address = page.input_value("#address")

    # join, on another phone
    member = visitor(browser, complaints)
    member.goto(address)
    member.fill("input[name=name]", "吴甲乙")
    member.fill("input[name=phone]", phone(1))
    member.check("input[name=consent]")
    reachable(member)
    member.get_by_role("button", name="授权并加入").click()
    take_code(member)
    expect(member.get_by_role("heading", name="已加入")).to_be_visible()
    reachable(member)
    drain()
    with within(EVERYWHERE):
        assert Tie.objects.filter(kind="works", organisation=works, valid_to=None).count() == 2

    # compare
    rows = [["郑管", phone(100), ""], ["吴甲乙", phone(1), ""], ["没来的", phone(40), ""]]
    (tmp_path / "花名册.xlsx").write_bytes(staff_file(rows))
    page.goto(f"{group_page}compare/")
    page.set_input_files("input[type=file]", str(tmp_path / "花名册.xlsx"))
    page.get_by_role("button", name="比对").click()
    expect(page.get_by_text("没来的")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(phone(40))
    reachable(page)
    with page.expect_download() as down:
        page.get_by_role("button", name="下载未加入名单").click()
    assert down.value.suggested_filename.startswith("未加入名单_")

    # leave
    member.get_by_role("link", name="查看我的团体").click()
    member.get_by_role("link", name="示例五金厂").click()
    member.fill("input[name=reason]", "换工作")
    reachable(member)
    member.get_by_role("button", name="申请退出").click()
    expect(member.get_by_text("已提交退出申请")).to_be_visible()
    page.goto(group_page)
    reachable(page)
    page.get_by_role("button", name="同意退出").click()
    expect(page.get_by_text("已同意退出")).to_be_visible()
    with within(EVERYWHERE):
        assert Tie.objects.filter(kind="works", organisation=works, known_to=None, valid_to=None).count() == 1

    # dissolve
    with within(EVERYWHERE):
        Setting.objects.create(key="group.dissolve_hours", value=0)
    page.get_by_role("link", name="解散团体").click()
    reachable(page)
    page.check("input[name=risk]")
    page.get_by_role("button", name="获取验证码").click()
    take_code(page)
    expect(page.get_by_text(re.compile("团体将于"))).to_be_visible()
    drain()
    with within(EVERYWHERE):
        assert Group.objects.get().state == "dissolved"
        assert not Member.objects.filter(state="active").exists()
    page.goto(f"{live_server.url}/groups/")
    expect(page.get_by_text("没有您管理的团体。")).to_be_visible()
    assert complaints == []


def test_everything_works_without_a_script(browser: Browser, live_server: Any) -> None:
    lay_ground()
    page = browser.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/groups/new/")
    for name, value in {
        "name": "示例店",
        "address": "示例路2号",
        "founder": "郑管",
        "phone": phone(100),
    }.items():
        page.fill(f"input[name={name}]", value)
    page.select_option("select[name=area_code]", index=1)
    page.get_by_role("button", name="获取验证码").click()
    page.fill("input[name=code]", page.locator("[data-shown-code]").inner_text())
    page.get_by_role("button", name="创建团体").click()
    expect(page.get_by_text("团体已创建")).to_be_visible()


def test_the_console_is_reachable(page: Page, live_server: Any, complaints: list[str]) -> None:
    lay_ground()
    from tests.systems.groups.groups_cast import group, joined

    with within(EVERYWHERE):
        made = group(organisation=firm())
        joined(made, 1)
    page.goto(f"{live_server.url}/console/")
    page.fill("input[name=login]", secretary().username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/console/**")
    for at in ("", "new/", f"{made.pk}/", f"{made.pk}/members/", f"{made.pk}/compare/", "coverage/"):
        page.goto(f"{live_server.url}/console/groups/{at}")
        reachable(page)
    assert complaints == []
