"""A resident scans a code with whatever she has and is done in half a minute."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.declaring import fill, gate, held, phone, violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone with scripts."""
    context = phone(browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone without scripts."""
    context = phone(browser, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_scan_declare_receipt_in_half_a_minute(page: Page, live_server: Any, complaints: list[str]) -> None:
    begun = time.monotonic()
    page.goto(gate(live_server.url))
    fill(page)
    page.get_by_role("button", name="提交报备").click()
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    assert time.monotonic() - begun < 30
    expect(page.get_by_alt_text("回执二维码")).to_be_visible()
    expect(page.get_by_text("林*月")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0  # the draft went with the receipt
    (row,) = held()
    assert row.name == "林晓月" and row.from_region == "420100"
    assert complaints == []


def test_without_a_script_the_whole_way(plain: Page, live_server: Any) -> None:
    plain.goto(gate(live_server.url))
    fill(plain)
    plain.get_by_role("button", name="再加一个同行的人").click()
    expect(plain.locator("[name='people.0.name']")).to_have_value("林晓月")
    plain.fill("[name='people.1.name']", "林小满")
    plain.press("[name='people.1.name']", "Enter")  # Enter sends, it does not add a person
    expect(plain.get_by_role("heading", name="已送达")).to_be_visible()
    assert [row.name for row in held()] == ["林晓月", "林小满"]


def test_only_what_the_kind_asks_is_shown(plain: Page, live_server: Any) -> None:
    plain.goto(gate(live_server.url))
    expect(plain.get_by_label("从哪里来")).to_be_hidden()
    plain.get_by_role("radio", name="离江", exact=True).check()
    expect(plain.get_by_label("从哪里来")).to_be_hidden()
    expect(plain.get_by_label("离开时间")).to_be_visible()
    plain.get_by_role("radio", name="来江", exact=True).check()
    expect(plain.get_by_label("从哪里来")).to_be_visible()
    expect(plain.get_by_label("离开时间")).to_be_hidden()
    expect(plain.get_by_label("您的姓名")).to_be_hidden()
    plain.get_by_role("radio", name="亲属", exact=True).check()
    expect(plain.get_by_label("您的姓名")).to_be_visible()


def test_a_browser_that_knows_no_has_is_helped_by_the_script(page: Page, live_server: Any) -> None:
    page.add_init_script("CSS.supports = () => false")
    page.goto(gate(live_server.url))
    page.get_by_role("radio", name="离江", exact=True).check()
    expect(page.locator("[data-kinds]:has(> [name='trip.from_text'])")).to_have_attribute("hidden", "")
    expect(page.locator("[data-kinds]:has(> [name='trip.depart_at'])")).not_to_have_attribute("hidden", "")


def test_a_draft_unfolds_what_it_filled_in(page: Page, live_server: Any) -> None:
    page.goto(gate(live_server.url))
    page.get_by_role("radio", name="来江", exact=True).check()
    page.get_by_text("交通方式、车次、途经").click()
    page.fill("[name='trip.trip_no']", "G1001")
    page.reload()
    expect(page.locator("[name='trip.trip_no']")).to_be_visible()
    expect(page.locator("[name='trip.trip_no']")).to_have_value("G1001")


def test_companions_come_and_go_with_a_script(page: Page, live_server: Any) -> None:
    page.goto(gate(live_server.url))
    fill(page)
    for name in ("甲乙", "丙丁"):
        page.get_by_role("button", name="再加一个同行的人").click()
        page.locator("[data-person] input[name$='.name']").last.fill(name)
    page.get_by_role("button", name="去掉这个人").first.click()
    page.get_by_role("button", name="提交报备").click()
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    assert [row.name for row in held()] == ["林晓月", "丙丁"]


def test_offline_says_so_and_arrives_exactly_once(page: Page, live_server: Any) -> None:
    page.goto(gate(live_server.url))
    fill(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="提交报备").click()
    expect(page.get_by_text("还没有送达")).to_be_visible()
    assert held() == []
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    assert len(held()) == 1


def test_an_answer_that_gets_lost_is_not_declared_twice(page: Page, live_server: Any) -> None:
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())  # the server took it
            route.abort()
        else:
            route.continue_()

    page.goto(gate(live_server.url))
    page.route("**/c/*", lose_the_first)
    fill(page)
    page.get_by_role("button", name="提交报备").click()
    expect(page.get_by_text("还没有送达")).to_be_visible()
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    assert lost and len(held()) == 1


def test_a_draft_comes_back_without_the_id_number(page: Page, live_server: Any) -> None:
    address = gate(live_server.url)
    page.goto(address)
    fill(page)
    page.reload()
    expect(page.get_by_text("已恢复这部手机上没填完的内容")).to_be_visible()
    expect(page.locator("[name='people.0.name']")).to_have_value("林晓月")
    expect(page.locator("[name='people.0.id_no']")).to_have_value("")
    assert "999703" not in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name="清除草稿").click()
    expect(page.locator("[name='people.0.name']")).to_have_value("")


def test_once_more_is_filled_in_by_the_old_report_not_by_a_draft(page: Page, live_server: Any) -> None:
    address = gate(live_server.url)
    page.goto(address)
    fill(page)
    page.get_by_role("button", name="提交报备").click()
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    receipt = page.url
    page.goto(address)
    page.fill("[name='people.0.name']", "草稿人")  # begun and left
    page.goto(receipt)
    page.get_by_role("link", name="撤回").click()
    page.get_by_role("button", name="确认撤回").click()
    page.get_by_role("link", name="照样再报一次").click()
    expect(page.locator("[name='people.0.name']")).to_have_value("林晓月")
    expect(page.locator("[name='people.0.id_no']")).to_have_value("")


def test_regions_are_offered_once_they_are_wanted(page: Page, live_server: Any) -> None:
    page.goto(gate(live_server.url))
    page.get_by_role("radio", name="来江", exact=True).check()
    assert page.locator("datalist").count() == 0  # the first load is without them
    page.focus("[name='trip.from_text']")
    page.locator("datalist option").first.wait_for(state="attached")
    assert page.locator("datalist option[value='广东省江门市']").count() == 1
    expect(page.locator("[name='trip.from_text']")).to_have_attribute("list", "regions")


def test_errors_stand_at_their_fields_and_are_read_first(page: Page, live_server: Any) -> None:
    page.goto(gate(live_server.url))
    fill(page)
    page.fill("[name='people.0.id_no']", "123")
    page.get_by_role("button", name="提交报备").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator("[name='people.0.id_no']")).to_be_focused()
    expect(page.locator("[name='people.0.name']")).to_have_value("林晓月")


def test_in_english(browser: Browser, live_server: Any) -> None:
    context = phone(browser, locale="en-GB")
    page = context.new_page()
    page.goto(gate(live_server.url))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    context.close()


def test_large_type_is_remembered_and_nothing_runs_over(plain: Page, live_server: Any) -> None:
    address = gate(live_server.url)
    plain.goto(address)
    plain.get_by_role("button", name="大字版").click()
    assert plain.url.lower() == address.lower()
    assert plain.locator("html.large").count() == 1
    plain.set_viewport_size({"width": 320, "height": 640})
    plain.get_by_role("radio", name="来江", exact=True).check()
    box = plain.locator("main").bounding_box()
    assert box is not None and box["x"] + box["width"] <= 320


@pytest.mark.parametrize("width", [320, 683])  # the smallest phone; a desk at 200 %
@pytest.mark.parametrize("large", [False, True])
def test_fits_and_every_target_is_large_enough(
    browser: Browser, live_server: Any, large: bool, width: int
) -> None:
    context = phone(browser, viewport={"width": width, "height": 384})
    page = context.new_page()
    page.goto(gate(live_server.url))
    if large:
        page.get_by_role("button", name="大字版").click()
    page.get_by_role("radio", name="来江", exact=True).check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          'main button, header button, main input:not([type=hidden]), main select, footer a')]
        .filter(e => e.checkVisibility() && !e.classList.contains('visually-hidden'))
        .map(e => [e.name || e.textContent, (e.closest('label') ?? e).getBoundingClientRect()])
        .filter(([, r]) => r.height < 44 || r.width < 44).map(([n, r]) => `${n} ${r.width}x${r.height}`)"""
    )
    assert small == []
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("large", [False, True])
def test_axe_finds_nothing_on_any_page(browser: Browser, live_server: Any, colours: Any, large: bool) -> None:
    context = phone(browser, bypass_csp=True, color_scheme=colours)
    page = context.new_page()
    address = gate(live_server.url)
    page.goto(address)
    if large:
        page.get_by_role("button", name="大字版").click()
    found = {"form": violations(page)}
    fill(page)
    for folded in page.locator("details summary:visible").all():
        folded.click()
    found["unfolded"] = violations(page)
    page.get_by_role("button", name="再加一个同行的人").click()
    page.get_by_role("button", name="提交报备").click()
    expect(page.get_by_role("alert")).to_be_visible()  # the companion has no name yet
    found["errors"] = violations(page)
    page.fill("[name='people.1.name']", "林小满")
    page.get_by_role("button", name="提交报备").click()
    expect(page.get_by_role("heading", name="已送达")).to_be_visible()
    found["receipt"] = violations(page)
    receipt = page.url
    page.get_by_role("link", name="更正").first.click()
    found["correct"] = violations(page)
    page.goto(receipt)
    page.get_by_role("link", name="撤回").first.click()
    found["withdraw"] = violations(page)
    for name, at in {
        "mine": "/my/declarations/",
        "number": "/c/",
        "no code": "/c/1234567890",
        "no receipt": "/r/AAAA",
    }.items():
        page.goto(live_server.url + at)
        found[name] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
    context.close()


def test_the_first_load_is_under_a_hundred_kilobytes(browser: Browser, live_server: Any) -> None:
    context: BrowserContext = phone(browser)
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: packed(answer.body())}))
    page.goto(gate(live_server.url), wait_until="networkidle")
    assert len(sizes) >= 3  # the page, a style sheet, a script: all of them were counted
    assert sum(sizes.values()) < 100_000, sizes
    context.close()


def packed(body: bytes) -> int:
    """As the server's gzip sends it; the test server serves static files unpacked."""
    return len(gzip.compress(body, 6))
