"""A worker reports an event on the phone and reads there what became of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.field_day import all_arrived, at, lay_grid, opened, phone
from tests.browser.test_field_day import report_offline
from tests.engines.cases.case_cast import step
from tests.systems.incidents.incident_cast import a_picture
from wangge.engines.cases.models import Case
from wangge.flows import drain
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db(transaction=True)


def synced(page: Page) -> None:
    """Everything of the phone is with the server, and what is new is here."""
    record = page.url
    at(page, "#/records", "records")
    page.get_by_role("button", name="立即同步").click()
    page.wait_for_selector("#signal[data-waiting='0']")
    expect(page.get_by_role("button", name="立即同步")).to_be_enabled()
    page.goto(record)
    page.wait_for_selector("main[data-page=record]")


def test_the_records_page_shows_number_and_state(browser: Browser, live_server: Any, tmp_path: Path) -> None:
    grid, photo = lay_grid(), tmp_path / "a.jpg"
    photo.write_bytes(a_picture(size=400))
    context = phone(browser)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    report_offline(page, str(photo))
    page = all_arrived(page)
    with within(EVERYWHERE):
        drain()
        case = Case.objects.get()
    synced(page)
    expect(page.locator("main")).to_contain_text(f"事项编号 {case.number}")
    expect(page.locator("main")).to_contain_text("现在：待受理")
    step(case, "file", level="third")
    synced(page)
    expect(page.locator("main")).to_contain_text("现在：待派遣")
    if folder := os.environ.get("WANGGE_LOOK"):
        page.screenshot(path=Path(folder) / "phone-record.png", full_page=True)
    context.close()
