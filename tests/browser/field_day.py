"""What the tests of the field app share: a grid with doors, people, work that is due; a phone; a photo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError

from tests.browser.test_walk_the_district import enter
from tests.cast import DISTRICT, GRID, lay_ground, worker
from wangge.foundation.access.models import Grant, User
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Room
from wangge.systems.fieldwork.models import Duty, Scene, SceneItem

ITEMS = ("楼道堆物", "消防栓、灭火器", "飞线充电")


@dataclass
class Grid:
    """What stands in the grid of the test."""

    user: User
    room: Room
    patrol: Duty
    visit: Duty


def lay_grid() -> Grid:
    """One building of four doors with two people, a patrol of three items and a visit, both due today."""
    lay_ground()
    user = worker(GRID)
    Grant.objects.filter(user=user).update(valid_from=date(2026, 1, 1))
    today = timezone.localdate()
    with within(EVERYWHERE):
        rooms = _rooms()
        for name, room in (("江小萍", rooms[0]), ("单雄", rooms[1])):
            register_person(actor="cli", facts={"name": name}, room=room, answer="new")
        scene = Scene.objects.create(
            key="stairs", kind="daily", area_code=DISTRICT, name="小区楼栋", valid_from=today, example=True
        )
        for at, name in enumerate(ITEMS):
            SceneItem.objects.create(scene=scene, name=name, order=at, **_held(SceneItem, today))
        due = {"area_code": GRID, "worker": user, "begins_on": today, "due_on": today}
        patrol = Duty.objects.create(key="test:patrol", kind="patrol", scene=scene, **due)
        due["due_on"] = today + timedelta(days=2)
        visit = Duty.objects.create(key="test:visit", kind="visit", room=rooms[0], **due)
    return Grid(user, rooms[0], patrol, visit)


def _held(model: type, day: date) -> dict[str, Any]:
    return {"valid_from": day} if any(field.name == "valid_from" for field in model._meta.fields) else {}


def _rooms() -> list[Room]:
    building = Building.objects.create(
        area_code=GRID,
        community=GRID[:12],
        key="虚构花园1栋",
        name="虚构花园1栋",
        lon=113.08,
        lat=22.6,
        floors=2,
    )
    return [
        Room.objects.create(
            building=building, area_code=GRID, key=door, door=door, floor=door[0], state="own"
        )
        for door in ("101", "102", "201", "202")
    ]


def phone(browser: Browser, **more: Any) -> BrowserContext:
    """A worker's phone that knows where it is."""
    given: dict[str, Any] = {
        "viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai",
        "has_touch": True, "geolocation": {"longitude": 113.0801, "latitude": 22.6001, "accuracy": 12},
        "permissions": ["geolocation"],
    }  # fmt: skip
    context = browser.new_context(**(given | more))
    context.set_default_timeout(30_000)
    return context


def opened(page: Page, address: str, user: User) -> None:
    """Signed in, the first sync done, the app kept by the service worker."""
    enter(page, address, user.username)
    page.goto(f"{address}/field/")
    page.wait_for_selector("body[data-synced=yes]")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_selector("html[data-kept=yes]")


def all_arrived(page: Page) -> Page:
    """Once the server has everything. The browser may leave requests hanging when the network comes back;
    then she closes the app and opens it again. Returns the window that is open now."""
    for patience in (45_000, 90_000):
        try:
            page.wait_for_selector("#signal[data-waiting='0']", timeout=patience)
            return page
        except TimeoutError:
            told = page.locator("body").inner_text()[:1500]
            address, context = page.url, page.context
            page.close()
            page = context.new_page()
            page.goto(address)
    raise AssertionError(f"not everything arrived: {told}")


def at(page: Page, hash_: str, name: str) -> None:
    """Go to a page of the app by its address."""
    page.evaluate("to => { location.hash = to }", hash_)
    page.wait_for_selector(f"main[data-page={name}]")


def a_photo(folder: Path, shade: int = 90) -> str:
    """A photo as a camera makes them: large, with something on it."""
    picture = Image.effect_noise((2400, 1800), 60).convert("RGB").point(lambda value: (value + shade) % 256)
    path = folder / f"photo{shade}.jpg"
    picture.save(path, quality=85)
    return str(path)
