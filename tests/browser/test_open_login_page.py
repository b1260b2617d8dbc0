"""The login page in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_speaks_chinese_and_stays_on_this_host(page: Page, live_server: Any, complaints: list[str]) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    expect(page.locator("html.ready")).to_be_attached()  # the module ran, so the policy let it
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert complaints == []


def test_asks_to_sign_in_before_the_console(page: Page, live_server: Any, complaints: list[str]) -> None:
    page.goto(f"{live_server.url}/console/")
    expect(page).to_have_url(f"{live_server.url}/accounts/login/?next=/console/")
    assert complaints == []


def test_fits_a_phone(page: Page, live_server: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
