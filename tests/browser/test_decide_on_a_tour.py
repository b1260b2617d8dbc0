"""A tour from its plan, typed without a mouse, to a decision on a phone whose result comes back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.browser.test_walk_the_district import enter
from tests.engines.cases.page_cast import picture
from tests.systems.tours.tour_cast import a_decision, a_difficulty, a_tour, a_unit, reported_done, soon, stops
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import by_pk
from wangge.foundation.access.enums import Role
from wangge.foundation.territory.models import GridShape
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.tours.models import Tour

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


@pytest.fixture(autouse=True)
def _stand() -> None:
    by_pk.cache_clear()  # keys of rows of an earlier test are given again
    cast.lay_ground()
    for grid, west in ((cast.GRID, 113.0), (cast.OTHER_GRID, 113.012)):
        ring = [[west, 22.6], [west + 0.01, 22.6], [west + 0.012, 22.61], [west, 22.612], [west, 22.6]]
        polygon = json.dumps({"type": "Polygon", "coordinates": [ring]})
        GridShape(grid_id=grid, polygon=polygon, area_m2=1).save()


@pytest.fixture
def seat(browser: Browser, live_server: Any) -> Iterator[Any]:
    """``seat(user, size)`` is a page on which the user is signed in."""
    contexts = []

    def sit(username: str, size: dict[str, int]) -> Page:
        context = browser.new_context(locale="zh-CN", viewport=size, timezone_id="Asia/Shanghai")
        contexts.append(context)
        page = context.new_page()
        enter(page, live_server.url, username)
        return page

    yield sit
    for context in contexts:
        context.close()


def look(page: Page, name: str) -> None:
    """A picture for whoever wants to look."""
    if folder := os.environ.get("WANGGE_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fits(page: Page) -> None:
    """Nothing sticks out at the side."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_tour_is_planned_without_a_mouse(seat: Any, live_server: Any) -> None:
    page = seat(cast.district_user().username, DESK)
    page.goto(f"{live_server.url}/console/tours/")
    look(page, "list-empty")
    page.goto(f"{live_server.url}/console/tours/new/")
    page.get_by_label("标题").focus()
    page.keyboard.type("网格管理调研")
    page.get_by_label("带队（写职务）").focus()
    page.keyboard.type("区委主要领导")
    for at, words in enumerate(("甲一社区", "乙街道 乙一社区")):
        page.locator(f"[name=stop-{at}-area]").focus()
        page.keyboard.type(words)
    look(page, "plan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/tours/*/")
    expect(page.locator(".tour-map circle")).to_have_count(2)
    expect(page.locator("body")).to_contain_text("居住人口")
    fits(page)


def test_a_leader_decides_on_her_phone_and_confirms_the_result(
    seat: Any, live_server: Any, tmp_path: Path
) -> None:
    leader, officer = cast.leader(), cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    a_unit("区水务站", officer)
    tour = a_tour(cast.COMMUNITY, cast.OTHER_COMMUNITY)
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(picture("blue", (640, 480)))
    page = seat(leader.username, PHONE)
    page.goto(f"{live_server.url}/console/tours/{tour.pk}/raise/")
    look(page, "raise-phone-empty")
    page.get_by_label("什么问题（一句话）").fill("巷口积水")
    page.get_by_label("照片").set_input_files(str(photo))
    page.get_by_role("button", name="提交").click()
    expect(page.locator("body")).to_contain_text("请写怎么办。")
    expect(page.locator("body")).to_contain_text("已收到 1 张照片")
    look(page, "raise-phone-errors")
    fits(page)
    page.get_by_label("怎么办").fill("三天疏通")
    page.locator("[name=unit]").select_option(index=1)
    page.locator("[name=due]").fill(soon(3).isoformat())
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(f"**/console/tours/{tour.pk}/")
    with within(EVERYWHERE):
        case = Case.objects.get()
        assert timezone.localdate(case.handle_due) == soon(3) and len(case.steps.get().photos) == 1
    desk = seat(officer.username, DESK)
    desk.goto(f"{live_server.url}/console/cases/")
    desk.get_by_role("link", name="巷口积水").click()
    for key, words in (("accept", ""), ("done", "疏通了")):
        box = desk.locator(f"#do-{key}")
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        if words:
            box.locator("[name=words]").fill(words)
            box.locator("[name=photos]").set_input_files(str(photo))
        box.locator("form button.btn-primary").click()
        desk.wait_for_url("**#step-*")
    look(desk, "unit-case")
    page.reload()
    expect(page.locator(".tour-outcome")).to_contain_text("疏通了")
    look(page, "tour-phone")
    fits(page)
    page.get_by_role("button", name="确认办成").click()
    page.wait_for_url(f"**#p-{case.number}")
    expect(page.locator(f"#p-{case.number}")).to_contain_text("已办结")


def test_what_a_full_tour_looks_like(seat: Any, live_server: Any) -> None:
    leader = cast.leader()
    tour = a_tour(cast.COMMUNITY, cast.OTHER_COMMUNITY)
    first, second = stops(tour)
    reported_done(a_decision(first, leader))
    a_decision(second, leader, title="充电位不够", decision="物业和社区一起选址，先加二十个")
    a_difficulty(second, leader, title="老旧小区没有物业，分摊办法谈了三次没有谈成")
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        page = seat(leader.username, size)
        for name, path in (
            ("tour", f"{tour.pk}/"), ("briefing", f"{tour.pk}/briefing/"),
            ("briefing-one", f"{tour.pk}/briefing/?stop={first.pk}"),
            ("problem", f"problems/{Case._base_manager.first().number}/"), ("list", "?show=all"),
            ("raise", f"{tour.pk}/raise/"), ("log", "problems/"),
        ):  # fmt: skip
            page.goto(f"{live_server.url}/console/tours/{path}")
            look(page, f"{name}-{where}")
            fits(page)
    officer = seat(cast.district_user().username, PHONE)
    officer.goto(f"{live_server.url}/console/tours/{tour.pk}/edit/")
    look(officer, "edit-phone")
    fits(officer)
    assert Tour._base_manager.count() == 1
