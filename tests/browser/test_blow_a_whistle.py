"""A whistle by four people: blown, approved, reported in to, judged; each on her own page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.browser.test_walk_the_district import enter
from tests.systems.whistles.whistle_cast import PLACE, a_matter, a_unit, done, member
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import by_pk
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.whistles.models import Whistle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stand() -> None:
    by_pk.cache_clear()  # keys of rows of an earlier test are given again
    cast.lay_ground()


@pytest.fixture
def desk(browser: Browser, live_server: Any) -> Iterator[Any]:
    """``desk(username)`` is a page on which the user is signed in, at the place."""
    contexts = []

    def sit(username: str, width: int = 1366, height: int = 768) -> Page:
        there = {"longitude": PLACE[0], "latitude": PLACE[1]}
        context = browser.new_context(
            locale="zh-CN", viewport={"width": width, "height": height}, geolocation=there,
            permissions=["geolocation"],
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        enter(page, live_server.url, username)
        return page

    yield sit
    for context in contexts:
        context.close()


def test_from_a_matter_to_the_last_score(desk: Any, live_server: Any) -> None:
    with within(EVERYWHERE):
        user, matter = member(), a_matter()
        lead, helper = a_unit("城管中队", user), a_unit("环保分局", user)
        secretary, officer = cast.secretary().username, cast.officer().username

    page = desk(secretary)
    page.goto(f"{live_server.url}/console/cases/{matter.number}/")
    page.get_by_role("link", name="吹哨", exact=True).click()
    page.get_by_label("为什么吹哨").select_option("key_problem")
    page.get_by_label("情况和理由").fill("社区劝了五次，店家白天关机晚上开")
    page.get_by_label("城管中队").check()
    page.get_by_label("环保分局").check()
    page.get_by_label("牵头单位").select_option(label="城管中队")
    page.get_by_role("button", name="看看会告知谁").click()
    expect(page.get_by_text("批准后会告知谁")).to_be_visible()
    page.get_by_role("button", name="照此吹哨").click()
    expect(page.get_by_text("待批准").first).to_be_visible()

    page = desk(officer)
    number = Case._base_manager.get(system="whistles").number
    page.goto(f"{live_server.url}/console/cases/{number}/")
    page.get_by_role("button", name="批准并通知各单位").click()
    expect(page.get_by_role("row", name="环保分局").get_by_text("还剩")).to_have_count(2)

    page = desk(user.username)
    page.goto(f"{live_server.url}/console/cases/")
    page.get_by_role("link", name=matter.title).click()
    for label in ("签收", "联系社区", "到场报到"):
        page.get_by_text(f"环保分局：{label}").click()
        form = page.locator("form[action*='/report/']").first
        if label == "联系社区":
            form.get_by_label("说明").fill("已致电")
        if label == "到场报到":
            form.get_by_role("button", name="用我现在的位置").click()
            expect(form.get_by_text("已取到位置")).to_be_visible()
        form.get_by_role("button", name=label).click()
        expect(page.get_by_text(f"已记下“{label}”")).to_be_visible()
    expect(page.get_by_text("离现场 0 米")).to_be_visible()

    with within(EVERYWHERE):
        done(Whistle._base_manager.get(), lead)
    page = desk(secretary, 390, 844)
    page.goto(f"{live_server.url}/console/cases/{number}/")
    for unit in (lead, helper):
        judging = page.locator("details", has=page.locator("summary", has_text=f"评价 {unit.name}"))
        if judging.get_attribute("open") is None:
            judging.locator("summary").click()
        form = judging.locator("form")
        for name in ("响应", "态度", "结果"):
            form.get_by_label(name).select_option("4")
        form.get_by_role("button", name="评价").click()
        expect(page.get_by_text(f"已评价“{unit.name}”")).to_be_visible()
    closing = page.locator("#do-close")
    closing.locator("summary").click()
    closing.get_by_role("button", name="评价完毕，办结").click()
    expect(page.get_by_text("已办结").first).to_be_visible()
