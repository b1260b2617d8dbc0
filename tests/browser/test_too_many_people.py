"""A worker with more people than a phone holds is told so on the first page, and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.field_day import lay_grid, opened, phone
from tests.cast import COMMUNITY
from wangge.engines.sync.queries import pulling
from wangge.foundation.access.models import Grant
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_page_says_which_part_is_missing_and_what_to_do(
    browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = lay_grid()
    context = phone(browser, locale="en")
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    expect(page.locator("#cut")).to_have_count(0)
    monkeypatch.setattr(pulling, "AT_MOST", 1)
    with within(EVERYWHERE):
        Grant.objects.filter(user=grid.user).update(area_code=COMMUNITY)
    page.reload()
    expect(page.locator("#cut")).to_contain_text("Grids that were not downloaded: 1;")
    context.close()
