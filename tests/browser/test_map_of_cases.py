"""The map of cases: dots that open what they count, and the table beneath where there is no map."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.browser.test_walk_the_district import enter
from tests.engines.cases.case_cast import opened
from wangge.engines.cases import kinds
from wangge.engines.cases.queries.procedures import by_pk

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("WANGGE_SHOTS", "")


@pytest.fixture
def page(browser: Browser, live_server: Any):
    """The secretary's, with fourteen cases in two places and one without."""
    by_pk.cache_clear()
    cast.lay_ground()
    dice = random.Random(7)
    for at in range(14):
        middle = 113.06 if at % 3 else 113.12  # two heaps, each of a few metres
        opened(title=f"井盖破损{at}", place=(middle + dice.random() / 1e5, 22.6 + dice.random() / 1e5))
    opened(place=None)
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    enter(page, live_server.url, cast.secretary().username)
    yield page
    context.close()
    kinds.forget("tried")


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_a_dot_opens_what_it_counts(page: Page, live_server: Any):
    page.goto(f"{live_server.url}/console/cases/map/?who=all")
    map_ = page.locator("[data-case-map][data-shown]")
    map_.wait_for()
    dots = map_.locator(".case-dot")
    assert sum(int(text) for text in dots.all_inner_texts()) == 14
    shot(page, "map")
    next(dot for dot in dots.all() if dot.inner_text() != "1").click()
    expect(page.locator(".case-here li").first).to_contain_text("井盖破损")
    shot(page, "map_open")
    page.locator(".case-here a").first.click()
    page.wait_for_url("**/console/cases/2*/")
    expect(page.locator("body")).to_contain_text("井盖破损")


def test_without_a_map_the_table_says_the_same_and_a_phone_shows_it(page: Page, live_server: Any):
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/map/points/**", lambda route: route.abort())
    page.goto(f"{live_server.url}/console/cases/map/?who=all")
    expect(page.locator(".case-map-none")).to_be_visible()
    expect(page.locator("table")).to_contain_text("15")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shot(page, "map_phone")
