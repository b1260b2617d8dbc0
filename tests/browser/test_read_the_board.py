"""The board is read from the district down to a grid, put in order, and a number opens its matters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.test_walk_the_district import enter
from tests.engines.cases.case_cast import handled, opened
from wangge.engines.cases import kinds
from wangge.engines.cases.queries.procedures import by_pk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stand() -> Iterator[None]:
    by_pk.cache_clear()  # keys of rows of an earlier test are given again
    cast.lay_ground()
    yield
    kinds.forget("tried")


def test_from_the_district_to_the_matters_of_a_grid(
    page: Page, live_server: Any, complaints: list[str]
) -> None:
    handled(opened(title="楼下垃圾没人收"))
    opened(title="路灯不亮", area=cast.OTHER_GRID, source="resident")
    enter(page, live_server.url, cast.district_user().username)
    page.goto(f"{live_server.url}/console/insight/")
    table = page.locator(".insight-areas table")
    expect(table.locator("tbody tr")).to_have_count(3)
    table.get_by_role("link", name="自主发现率").click()
    expect(table.locator("tbody tr").nth(1)).to_contain_text("甲街道")
    table.get_by_role("link", name="自主发现率").click()
    expect(table.locator("tbody tr").nth(1)).to_contain_text("乙街道")
    for name in ("甲街道", "甲一社区"):
        table.get_by_role("link", name=name).click()
        page.wait_for_load_state()
    expect(table).to_contain_text("甲一网格")
    table.locator("tbody tr", has_text="甲一网格").get_by_role("link", name="1", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("收到 · 1")
    page.get_by_role("link", name="楼下垃圾没人收").click()
    expect(page.locator(".case-state")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("wide", [390, 1366, 1920])
def test_the_page_is_no_wider_than_the_screen(page: Page, live_server: Any, wide: int) -> None:
    opened()
    page.set_viewport_size({"width": wide, "height": 800})
    enter(page, live_server.url, cast.leader().username)
    for group in ("matters", "requests", "hazards", "field"):
        page.goto(f"{live_server.url}/console/insight/?group={group}&span=year")
        assert page.evaluate("document.documentElement.scrollWidth") <= wide, group
