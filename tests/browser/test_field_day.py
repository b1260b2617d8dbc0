"""A grid worker's day without signal: nothing lost, nothing twice, green only with the server's receipt."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.declaring import violations
from tests.browser.field_day import a_photo, all_arrived, at, lay_grid, opened, phone
from tests.browser.test_walk_the_district import enter
from tests.cast import GRID, worker
from wangge.engines.sync import field as sync_api
from wangge.engines.sync.models import Operation, Phone
from wangge.foundation.photos.models import Photo
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site import field
from wangge.systems.fieldwork.enums import DutyState
from wangge.systems.fieldwork.models import Duty, Finding, ItemResult, Visit

pytestmark = pytest.mark.django_db(transaction=True)
STORES = """async () => {
  const found = await indexedDB.databases();
  const shelves = await caches.keys();
  return [...found.map((each) => each.name), ...shelves.filter((name) => name.startsWith("field-pages"))];
}"""
SEALED = """async (words) => {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open("wangge-field");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const all = (shelf) => new Promise((done) => {
    const work = base.transaction(shelf).objectStore(shelf);
    const [keys, values] = [work.getAllKeys(), work.getAll()];
    values.onsuccess = () => done([keys.result, values.result]);
  });
  const found = {};
  for (const shelf of base.objectStoreNames) found[shelf] = await all(shelf);
  base.close();
  const text = new TextDecoder("utf-8", { fatal: false });
  const told = (each) => (each instanceof Uint8Array ? text.decode(each) : "");
  const lines = Object.values(found).flatMap(([keys, values]) => [...keys.map(String), ...values.map(told)]);
  const clear = words.filter((word) => lines.join(" ").includes(word));
  return { clear, extractable: found.keys[1][0].extractable, rows: found.rows[0].length };
}"""


def standing(page: Page) -> list[str]:
    """How the records stand, as the list of records says."""
    at(page, "#/records", "records")
    return page.locator("[data-standing]").evaluate_all("all => all.map((each) => each.dataset.standing)")


def patrol_offline(page: Page, duty: Duty, photo: str) -> None:
    """One item needs something done, the others are normal."""
    at(page, f"#/duty/{duty.pk}", "duty")
    page.get_by_role("link", name="楼道堆物").click()
    page.get_by_role("radio", name="登记隐患", exact=True).check()
    page.set_input_files("input[type=file]", photo)
    expect(page.locator(".thumbs img")).to_have_count(1)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="其余 2 项正常").click()
    expect(page.locator("main")).to_contain_text("这项任务已完成")


def visit_offline(page: Page, room: int) -> None:
    at(page, f"#/visit/room/{room}", "visit")
    for box in page.locator(".question").all():
        box.get_by_role("checkbox", name="不愿说").check()
    page.fill("[name=words]", "周末在家")
    page.get_by_role("button", name="保存走访").click()
    expect(page.locator("main")).to_contain_text("收到回执后显示")


def report_offline(page: Page, photo: str) -> None:
    """Photo, kind, done."""
    page.get_by_role("link", name="上报").last.click()
    page.set_input_files("input[type=file]", photo)
    expect(page.locator(".thumbs img")).to_have_count(1)
    page.get_by_role("radio", name="事件", exact=True).check()
    page.locator("main").get_by_role("button", name="上报").click()
    page.wait_for_selector("main[data-page=record]")


def test_a_day_in_airplane_mode_arrives_once(browser: Browser, live_server: Any, tmp_path: Path) -> None:
    grid = lay_grid()
    context = phone(browser)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    context.set_offline(True)
    patrol_offline(page, grid.patrol, a_photo(tmp_path))
    visit_offline(page, grid.room.pk)
    report_offline(page, a_photo(tmp_path, 30))
    assert set(standing(page)) == {"waiting"} and len(standing(page)) == 5
    page.close()  # as a phone does when it needs the room

    page = context.new_page()
    page.goto(f"{live_server.url}/field/")  # no signal yet
    page.wait_for_selector("#signal[data-waiting='5']")
    assert set(standing(page)) == {"waiting"}
    with within(EVERYWHERE):
        assert not Operation.objects.exists()
    context.set_offline(False)
    page = all_arrived(page)
    assert set(standing(page)) == {"arrived"}
    with within(EVERYWHERE):
        assert Operation.objects.filter(state="accepted").count() == 5
        assert ItemResult.objects.count() == 3 and Visit.objects.count() == 1
        assert {row.kind for row in Finding.objects.all()} == {"hazard", "event"}
        assert Photo.objects.filter(complete_at__isnull=False).count() == 2
        assert Duty.objects.get(pk=grid.patrol.pk).state == DutyState.DONE
    page.get_by_role("link", name="走访").click()
    expect(page.locator("main")).to_contain_text("本次更新的台账")
    context.close()


def test_what_the_server_left_unanswered_goes_again_within_seconds(
    browser: Browser, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, asked = sync_api.actions.receive, list[int]()

    def stops_in_the_middle(*, sent: Any, **told: Any) -> Any:
        asked.append(len(sent))
        return receive(sent=sent[:1] if len(asked) == 1 else sent, **told)

    monkeypatch.setattr(sync_api.actions, "receive", stops_in_the_middle)
    grid, context = lay_grid(), phone(browser)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    context.set_offline(True)
    visit_offline(page, grid.room.pk)
    report_offline(page, a_photo(tmp_path))
    context.set_offline(False)
    page.wait_for_selector("#signal[data-waiting='0']", timeout=40_000)  # a minute is how long it rests
    assert asked[0] > 1 and sum(asked[1:]) >= asked[0] - 1
    context.close()


def test_data_is_sealed_on_the_phone_and_gone_after_signing_out(browser: Browser, live_server: Any) -> None:
    grid = lay_grid()
    context = phone(browser)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    held = page.evaluate(SEALED, ["江小萍", "虚构花园", "楼道堆物", grid.user.name, GRID_NAME])
    assert held["clear"] == [] and held["extractable"] is False and held["rows"] > 5
    context.set_offline(True)
    at(page, "#/report", "report")
    page.fill("[name=words]", "路灯不亮")
    page.get_by_role("radio", name="事件", exact=True).check()
    page.locator("main").get_by_role("button", name="上报").click()
    page.wait_for_selector("main[data-page=record]")
    at(page, "#/me", "me")
    page.get_by_role("button", name="退出登录并清除本机数据").click()
    expect(page.locator("dialog")).to_contain_text("还有 1 条记录没有处理完")
    page.get_by_role("button", name="取消").click()
    context.set_offline(False)
    page = all_arrived(page)
    page.get_by_role("button", name="退出登录并清除本机数据").click()
    page.get_by_role("button", name="退出登录", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(STORES) == []
    assert page.request.get(f"{live_server.url}/field/me/").status == 401
    with within(EVERYWHERE):
        assert Phone.objects.get().wiped_at is not None
    context.close()


GRID_NAME = "甲一网格"


def test_what_is_refused_stays_with_its_reason_and_a_revoked_phone_forgets(
    browser: Browser, live_server: Any, tmp_path: Path
) -> None:
    grid = lay_grid()
    context = phone(browser)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    context.set_offline(True)
    at(page, f"#/duty/{grid.patrol.pk}", "duty")
    page.get_by_role("button", name="全部正常").click()
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("main")).to_contain_text("还有 3 项")
    page.get_by_role("link", name="楼道堆物").click()
    page.get_by_role("radio", name="登记隐患", exact=True).check()
    page.set_input_files("input[type=file]", a_photo(tmp_path))
    expect(page.locator(".thumbs img")).to_have_count(1)
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("#signal[data-waiting='1']")
    with within(EVERYWHERE):
        Duty.objects.filter(pk=grid.patrol.pk).update(state=DutyState.CANCELLED, words="改到明天")
    context.set_offline(False)
    page.wait_for_selector("#signal.bad")
    assert standing(page) == ["rejected"]
    page.get_by_role("link", name="楼道堆物").click()
    expect(page.locator("main")).to_contain_text("改到明天")
    page.wait_for_selector("body[data-synced=yes]")
    expect(page.locator(".record-photos img")).to_have_count(1)  # still here, to be sent again
    expect(page.get_by_role("link", name="修改后重发")).to_be_visible()
    page.get_by_role("button", name="不要这条了").click()
    page.get_by_role("button", name="删除").click()
    page.wait_for_selector("main[data-page=records]")
    assert standing(page) == []
    with within(EVERYWHERE):
        assert Operation.objects.get().state == "rejected"
        assert Photo.objects.get().complete_at is not None  # whoever decides later has it
        Phone.objects.update(revoked_at="2026-11-26T00:00:00Z")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("body[data-wiped=revoked]")
    assert page.evaluate(STORES) == []
    with within(EVERYWHERE):
        assert Phone.objects.get().wiped_at is not None
    context.close()


def test_a_new_edition_is_offered_and_nothing_stays_for_another_worker_or_after_a_week(
    browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid, other = lay_grid(), worker(GRID)
    context = phone(browser)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    monkeypatch.setattr(field, "_edition", lambda: "another")
    page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((found) => found.update())")
    page.evaluate("document.documentElement.dataset.before = 'yes'")
    page.get_by_role("button", name="点此更新").click()
    page.wait_for_selector("html:not([data-before]) body[data-synced=yes]")
    page.route("**/field/api/ops/**", lambda route: route.abort())  # whenever "no signal" takes hold
    context.set_offline(True)
    at(page, "#/report", "report")
    page.fill("[name=words]", "路灯不亮")
    page.get_by_role("radio", name="事件", exact=True).check()
    page.locator("main").get_by_role("button", name="上报").click()
    page.wait_for_selector("main[data-page=record]")
    page.goto("about:blank")
    context.clear_cookies()
    page.unroute("**/field/api/ops/**")
    context.set_offline(False)

    enter(page, live_server.url, other.username)
    page.goto(f"{live_server.url}/field/")
    expect(page.locator("dialog")).to_contain_text("还有 1 条记录没有发完")
    page.get_by_role("button", name="删除并继续").click()
    page.wait_for_selector("body[data-synced=yes]")
    assert standing(page) == []
    with within(EVERYWHERE):
        assert set(Phone.objects.values_list("user", flat=True)) == {grid.user.pk, other.pk}
        assert not Operation.objects.exists()
    page.clock.set_system_time(timezone.now() + timedelta(days=7, minutes=5))
    page.evaluate("dispatchEvent(new Event('online'))")  # in a window that was never closed
    page.wait_for_selector("body[data-wiped=days]")
    assert page.evaluate(STORES) == []
    context.close()


def test_home_list_and_visit_read_well_with_assistive_technology(browser: Browser, live_server: Any) -> None:
    grid = lay_grid()
    context = phone(browser, bypass_csp=True)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    found = {}
    for hash_, name in (
        ("#/list", "list"), ("#/", "home"), (f"#/duty/{grid.patrol.pk}", "duty"),
        (f"#/room/{grid.room.pk}", "room"), (f"#/visit/room/{grid.room.pk}", "visit"), ("#/report", "report"),
        ("#/map", "map"), ("#/me", "me"),
    ):  # fmt: skip
        at(page, hash_, name)
        found[name] = violations(page)
    assert not any(found.values()), found
    context.close()
