"""A verifier goes through her list without the mouse and without leaving it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_walk_the_district import enter
from tests.cast import COMMUNITY, OTHER_COMMUNITY, lay_ground, secretary
from tests.systems.declarations.verify_cast import a_declaration, a_room, hours_ago, known, somebody
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.declarations.enums import AddressSays, State
from wangge.systems.declarations.models import Decision, Declaration

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("SHOTS", "")


def shot(page: Page, name: str) -> None:
    """A picture for whoever looks, where one was asked for."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def lay_work() -> dict[str, Declaration]:
    """A late one, a family of two, one whose address differs, one of another community, one new."""
    lay_ground()
    with within(EVERYWHERE):
        person = somebody("欧阳搬", room=a_room("101"), sex="1")
        home = a_room("606")
        return {
            "late": a_declaration("令狐晚", received_at=hours_ago(15), phone="10000012345"),
            "moved": known(
                person, room=a_room("202"), address_says=AddressSays.DIFFERS, received_at=hours_ago(9)
            ),
            "one": a_declaration("司空甲", room=home, received_at=hours_ago(6)),
            "two": a_declaration("司空乙", room=home, received_at=hours_ago(5)),
            "other": a_declaration("东方远", received_at=hours_ago(4)),
            "wrong": a_declaration("南宫误", received_at=hours_ago(3)),
            "call": a_declaration("西门问", received_at=hours_ago(2)),
        }


def state(row: Declaration) -> str:
    with within(EVERYWHERE):
        return Declaration.objects.get(pk=row.pk).state


def chosen(page: Page) -> Any:
    return page.locator(".work-right .card-title")


def at(page: Page, name: str) -> None:
    """The card shows it and the page's scripts hear the keys."""
    expect(chosen(page)).to_contain_text(name)
    page.wait_for_load_state("load")


@pytest.fixture
def work(page: Page, live_server: Any) -> dict[str, Declaration]:
    rows = lay_work()
    enter(page, live_server.url, secretary(COMMUNITY).username)
    page.goto(f"{live_server.url}/console/declarations/")
    return rows


def test_the_whole_list_by_keys(page: Page, work: dict[str, Declaration], complaints: list[str]) -> None:
    at(page, "令狐晚")
    expect(page.locator(".work-here .work-red")).to_contain_text("超时")
    shot(page, "worklist-1366")
    page.keyboard.press("v")
    at(page, "欧阳搬")
    assert state(work["late"]) == State.VERIFIED
    page.keyboard.press("u")
    at(page, "令狐晚")
    assert state(work["late"]) == State.TO_VERIFY
    page.keyboard.press("j")
    at(page, "欧阳搬")
    shot(page, "worklist-beside-1366")
    page.keyboard.press("a")
    expect(page.get_by_text("已按申报更新住址")).to_be_visible()
    page.keyboard.press("v")
    at(page, "司空甲")
    page.keyboard.press("x")
    page.keyboard.press("j")
    at(page, "司空乙")
    page.keyboard.press("k")
    at(page, "司空甲")
    page.keyboard.press("n")
    at(page, "司空乙")
    assert state(work["one"]) == State.NOT_FOUND
    page.keyboard.press("j")
    at(page, "东方远")
    page.keyboard.press("t")
    shot(page, "worklist-transfer-1366")
    assert COMMUNITY not in page.locator("#to option").evaluate_all("all => all.map((one) => one.value)")
    page.locator("#to").select_option(OTHER_COMMUNITY)
    page.keyboard.press("Enter")
    at(page, "南宫误")
    page.keyboard.press("w")
    page.keyboard.press("3")
    page.keyboard.press("4")
    shot(page, "worklist-wrong-1366")
    page.keyboard.press("Enter")
    at(page, "西门问")
    page.keyboard.press("c")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1/3")).to_be_visible()
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("西门改")
    page.keyboard.press("Enter")
    at(page, "西门改")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("查无此人")
    shot(page, "worklist-help-1366")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelectorAll('#work').length") == 1
    with within(EVERYWHERE):
        wrong = Decision.objects.get(verb="wrong")
        assert wrong.fields == ["phone", "stay_address"]
        assert Decision.objects.get(verb="call").answered == "wrong"
        moved = Declaration.objects.get(pk=work["other"].pk)
        assert moved.area_code == OTHER_COMMUNITY
    assert complaints == []


def test_enter_belongs_to_the_form_opened_last(page: Page, work: dict[str, Declaration]) -> None:
    page.goto(f"{page.url}?kind=coming")  # filtered: the filter's own form stands open above
    name = chosen(page).inner_text().split()[0]
    page.keyboard.press("w")
    page.keyboard.press("c")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1/3")).to_be_visible()
    at(page, name)
    page.keyboard.press("w")
    page.keyboard.press("Escape")
    expect(page.locator("#work details.work-fold[open]")).to_have_count(0)


def test_a_family_is_ticked_and_verified_by_keys(page: Page, work: dict[str, Declaration]) -> None:
    for name in ("欧阳搬", "司空甲"):
        page.keyboard.press("j")
        at(page, name)
    for key in ("one", "two"):
        page.locator(f"input[name=pick][value='{work[key].pk}']").check()
    page.keyboard.press("b")
    expect(page.locator("#toasts")).to_contain_text("一起核实了 2 条")
    assert (state(work["one"]), state(work["two"])) == (State.VERIFIED, State.VERIFIED)
    page.keyboard.press("u")
    expect(page.locator("#toasts")).to_contain_text("已撤销")
    assert (state(work["one"]), state(work["two"])) == (State.TO_VERIFY, State.TO_VERIFY)


def test_letters_after_g_belong_to_the_menu(page: Page, work: dict[str, Declaration]) -> None:
    at(page, "令狐晚")
    page.keyboard.press("g")
    page.keyboard.press("v")
    page.wait_for_timeout(300)
    assert state(work["late"]) == State.TO_VERIFY


def test_a_number_is_revealed_in_place(page: Page, work: dict[str, Declaration]) -> None:
    page.get_by_role("button", name="显示").first.click()
    page.locator("#why-phone").fill("打电话核实")
    page.locator("#reveal-phone").get_by_role("button", name="显示").click()
    expect(page.locator("#revealed-phone")).to_contain_text("10000012345")
    expect(page).to_have_url(page.url)


def test_on_a_phone_one_thing_at_a_time(page: Page, work: dict[str, Declaration]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".work-right")).to_be_hidden()
    shot(page, "worklist-390")
    page.locator("[data-line]").first.click()
    at(page, "令狐晚")
    expect(page.locator(".work-left")).to_be_hidden()
    shot(page, "worklist-detail-390")
    wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide
    page.get_by_role("button", name="已核实").click()
    at(page, "欧阳搬")
    page.get_by_role("link", name="回到列表").click()
    expect(page.locator(".work-left")).to_be_visible()


def test_without_scripts_it_is_plain_forms(browser: Any, live_server: Any) -> None:
    rows = lay_work()
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    enter(page, live_server.url, secretary(COMMUNITY).username)
    page.goto(f"{live_server.url}/console/declarations/")
    page.get_by_role("button", name="已核实").click()
    at(page, "欧阳搬")
    page.get_by_text("信息有误").first.click()
    page.get_by_role("checkbox", name="居住地址").check()
    page.get_by_role("button", name="记为信息有误").click()
    at(page, "司空甲")
    assert (state(rows["late"]), state(rows["moved"])) == (State.VERIFIED, State.WRONG)
    context.close()
