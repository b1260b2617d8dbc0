"""One case from found to closed by three people, each on her own page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.browser.test_walk_the_district import enter
from tests.engines.cases.case_cast import a_unit, opened
from tests.engines.cases.page_cast import picture
from wangge.engines.cases import kinds
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import by_pk
from wangge.foundation.access.enums import Role
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stand() -> Iterator[None]:
    by_pk.cache_clear()  # keys of rows of an earlier test are given again
    cast.lay_ground()
    yield
    kinds.forget("tried")


@pytest.fixture
def photo(tmp_path: Path) -> str:
    file = tmp_path / "处置后.jpg"
    file.write_bytes(picture("green", (640, 480)))
    return str(file)


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


def at(page: Page, live_server: Any, case: Case) -> Page:
    page.goto(f"{live_server.url}/console/cases/")
    page.get_by_role("link", name=case.title).click()
    return page


def do(page: Page, key: str, **told: str) -> None:
    """Open the step, fill it in, press its button."""
    box = page.locator(f"#do-{key}")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    for name, value in told.items():
        field = box.locator(f"[name={name}]")
        if name == "photos":
            field.set_input_files(value)
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    box.locator("form button.btn-primary").click()
    page.wait_for_url("**#step-*")


def test_from_found_to_closed_by_three_people(desk: Any, live_server: Any, photo: str) -> None:
    secretary = cast.secretary()
    hand = cast.person_with((Role.DEPARTMENT, cast.DISTRICT), name="环卫小周")
    unit = a_unit("环卫站", hand)
    case = opened(cast.worker(), title="楼下垃圾没人收")
    office, yard = desk(secretary.username), desk(hand.username)
    at(office, live_server, case)
    do(office, "file", level="third")
    do(office, "dispatch", unit=str(unit.pk), words="请今天清走")
    at(yard, live_server, case)
    do(yard, "take")
    do(yard, "answer", words="已清走", photos=photo)
    at(office, live_server, case)
    do(office, "verify", photos=photo)
    street = desk(cast.officer().username)
    at(street, live_server, case)
    do(street, "close")
    expect(street.locator(".case-state")).to_have_text("已结案")
    expect(street.locator(".case-did")).to_have_count(7)
    with within(EVERYWHERE):
        case.refresh_from_db()
        assert case.closed_at and [s.key for s in case.steps.all()][-1] == "close"


def test_of_two_at_once_the_second_sees_the_first_and_keeps_her_words(
    desk: Any, live_server: Any, page: Page
) -> None:
    case = opened(title="路灯不亮")
    one, other = desk(cast.secretary().username), desk(cast.officer().username)
    at(one, live_server, case)
    at(other, live_server, case)
    do(one, "file", level="third")
    box = other.locator("#do-refuse")
    box.locator("summary").click()
    box.locator("[name=words]").fill("属于别的部门，请转过去")
    box.locator("form button.btn-primary").click()
    expect(other.get_by_role("alert").first).to_contain_text("待派遣")
    expect(other.get_by_label("您写的话")).to_have_value("属于别的部门，请转过去")
