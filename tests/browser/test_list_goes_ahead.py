"""The first time a phone opens the app, today's list stands while the rest is still on its way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.field_day import at, lay_grid, phone
from tests.browser.test_walk_the_district import enter

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_list_stands_before_people_and_doors_are_here(browser: Browser, live_server):
    grid, held = lay_grid(), list[Route]()
    with phone(browser) as context:
        page = context.new_page()
        enter(page, live_server.url, grid.user.username)
        page.route("**/field/api/pull/**", lambda route: route.continue_() if held else held.append(route))
        page.goto(f"{live_server.url}/field/")
        expect(page.get_by_role("link", name="小区楼栋")).to_be_visible()
        expect(page.locator("#notices")).to_contain_text("还在下载")
        at(page, f"#/room/{grid.room.pk}", "room")
        expect(page.locator("main")).to_contain_text("还在下载")
        expect(page.get_by_role("link", name="开始走访")).to_have_count(0)
        held[0].continue_()
        expect(page.locator("main")).to_contain_text("江小萍")
        expect(page.locator("#notices")).not_to_contain_text("还在下载")


def test_broken_off_after_the_list_the_rest_comes_when_the_app_is_opened_again(browser: Browser, live_server):
    grid = lay_grid()
    with phone(browser) as context:
        page = context.new_page()
        enter(page, live_server.url, grid.user.username)
        page.route("**/field/api/pull/**", lambda route: route.abort())
        page.goto(f"{live_server.url}/field/")
        expect(page.get_by_role("link", name="小区楼栋")).to_be_visible()
        page.close()
        page = context.new_page()
        page.route("**/field/api/pull/**", lambda route: route.abort())
        page.goto(f"{live_server.url}/field/")
        expect(page.get_by_role("link", name="小区楼栋")).to_be_visible()
        at(page, "#/doors", "doors")
        expect(page.locator("main")).to_contain_text("还在下载")
        page.unroute("**/field/api/pull/**")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("main")).to_contain_text("虚构花园1栋")
