"""随手拍 on a phone: a photo made small, a place by GPS or on the map, sent once without network."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests import cast
from tests.browser.declaring import phone, violations
from tests.systems.incidents.incident_cast import INSIDE, RIVER, closed, lay_shapes, reported
from wangge.engines.cases.models import Case
from wangge.foundation.photos.models import Photo
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "巷口路灯不亮，已经三天了"


@pytest.fixture
def door(live_server: Any, settings: Any, tmp_path: Path) -> str:
    settings.MEDIA_ROOT = str(tmp_path)
    with within(EVERYWHERE):
        cast.lay_ground()
        lay_shapes()
    return str(live_server.url)


@pytest.fixture
def page(browser: Browser, door: str) -> Iterator[Page]:
    place = {"longitude": INSIDE[0], "latitude": INSIDE[1]}
    context = phone(browser, geolocation=place, permissions=["geolocation"], bypass_csp=True)
    page = context.new_page()
    page.goto(f"{door}/r/", timeout=60_000)  # the first page of a fresh server on a busy machine
    yield page
    context.close()


def look(page: Page, name: str) -> None:
    """A picture for whoever looks at the page, where one is asked for."""
    if folder := os.environ.get("WANGGE_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def a_photo() -> dict[str, Any]:
    """Noise of 3000 by 2000 pixels: many megabytes as it comes from the camera."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (3000, 2000), os.urandom(18_000_000)).save(stream, "JPEG", quality=95)
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def cases() -> list[Case]:
    with within(EVERYWHERE):
        return list(Case.objects.all())


def test_with_a_photo_and_gps_it_arrives_small_and_is_followed(page: Page) -> None:
    page.get_by_label("说明").fill(WORDS)
    page.set_input_files("[name=photo]", a_photo())
    expect(page.locator("[data-photos] img")).to_have_count(1)
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[data-found]")).to_contain_text("甲一网格")
    look(page, "report-filled")
    assert violations(page) == []
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    look(page, "report-sent")
    assert violations(page) == []
    (case,) = cases()
    assert (case.area_code, case.title) == (cast.GRID, WORDS)
    with within(EVERYWHERE):
        photo = Photo.objects.get()
    assert photo.complete_at and photo.size < 400_000 and max(photo.width, photo.height) <= 1600


def test_a_tap_on_the_map_is_a_place_and_one_outside_is_said(page: Page) -> None:
    page.get_by_text("在地图上点位置").click()
    ground = page.locator("svg.ground")
    expect(ground).to_be_visible()
    ground.click()
    expect(page.locator("[data-found]")).to_contain_text("甲一网格")
    page.get_by_role("button", name="放大").click()
    look(page, "report-map")
    page.context.set_geolocation({"longitude": RIVER[0], "latitude": RIVER[1]})
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[data-found]")).to_contain_text("河中间")


def test_what_is_said_late_of_a_place_no_longer_meant_is_not_shown(page: Page) -> None:
    answers: list[Route] = []
    page.route("**/r/where/", lambda route: answers.append(route))
    page.context.set_geolocation({"longitude": RIVER[0], "latitude": RIVER[1]})
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[name=lon]")).not_to_have_value("")
    page.get_by_label("村（社区）").select_option(cast.COMMUNITY)
    with page.expect_response("**/r/where/"):
        answers[0].continue_()
    page.wait_for_timeout(300)
    expect(page.locator("[data-found]")).to_have_text("")


def test_in_the_river_the_words_and_the_photo_stay(page: Page) -> None:
    page.context.set_geolocation({"longitude": RIVER[0], "latitude": RIVER[1]})
    page.get_by_label("说明").fill(WORDS)
    page.set_input_files("[name=photo]", a_photo())
    expect(page.locator("[data-photos] img")).to_have_count(1)
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[data-found]")).to_contain_text("河中间")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("[data-errors]")).to_contain_text("河中间")
    look(page, "report-river")
    assert page.get_by_label("说明").input_value() == WORDS
    expect(page.locator("[data-photos] img")).to_have_count(1)
    page.get_by_label("村（社区）").select_option(cast.COMMUNITY)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    with within(EVERYWHERE):
        assert len(cases()) == 1 and Photo.objects.count() == 1


def test_without_network_it_waits_and_arrives_once(page: Page) -> None:
    page.get_by_label("说明").fill(WORDS)
    page.get_by_label("村（社区）").select_option(cast.COMMUNITY)
    page.context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("[data-status]")).to_contain_text("还没有送达")
    look(page, "report-offline")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    assert len(cases()) == 1


def test_what_was_typed_comes_back_after_a_reload_but_no_name(page: Page) -> None:
    page.get_by_label("说明").fill(WORDS)
    page.get_by_label("称呼").fill("林晓月")
    page.reload()
    expect(page.locator("[data-status]")).to_contain_text("已恢复")
    assert page.get_by_label("说明").input_value() == WORDS and page.get_by_label("称呼").input_value() == ""


def test_a_closed_one_is_rated_and_reopened(page: Page, door: str) -> None:
    with within(EVERYWHERE):
        report = reported()
        closed(report.case)
    page.goto(f"{door}/r/t/{report.receipt}/")
    look(page, "track-closed")
    assert violations(page) == []
    page.get_by_role("radio", name="不满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    page.get_by_label("哪里没解决").fill("还是不亮")
    page.get_by_role("button", name="没解决，重开").click()
    expect(page.get_by_text("已经重开")).to_be_visible()
    look(page, "track-reopened")
