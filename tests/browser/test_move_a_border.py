"""The district centre draws a border on the map, looks at what moves, and confirms."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_walk_the_district import drain, enter
from tests.cast import COMMUNITY, GRID, district_user
from tests.site.territory.conftest import land  # noqa: F401  (the ground of these pages)
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Building

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("land")]
SECOND = COMMUNITY + "002"


@pytest.fixture
def house() -> Building:
    """In the east of the western grid."""
    with within(EVERYWHERE):
        return Building.objects.create(
            area_code=GRID, community=COMMUNITY, key="二栋", name="二栋", lon=113.009, lat=22.505
        )


def test_two_clicks_on_the_map_move_the_border(
    page: Page, live_server: Any, complaints: list[str], house: Building
) -> None:
    enter(page, live_server.url, district_user().username)
    page.goto(f"{live_server.url}/console/areas/{GRID}/border/?with={SECOND}")
    box = page.locator("[data-map-ready=yes]")
    expect(box).to_be_visible()
    page.wait_for_selector(".map-live, svg polyline", state="attached")
    place = box.bounding_box()
    assert place is not None
    for down in (0.02, 0.98):  # a line from the top to the bottom, left of the old border
        page.mouse.click(place["x"] + place["width"] * 0.35, place["y"] + place["height"] * down)
    expect(page.locator("[data-points]")).to_have_value(re.compile(r"^113\.\d+,22\.\d+\n113\.\d+,22\.\d+$"))
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("1 栋、0 户、0 人")).to_be_visible()
    page.get_by_role("button", name="确认调整").click()
    page.wait_for_url(f"**/{GRID}/")
    drain()
    house.refresh_from_db()
    assert house.area_code == SECOND
    assert complaints == []
