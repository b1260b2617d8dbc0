"""Without signal the scan page still tells a good token from a forged or an ended one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.test_verify_by_keyboard import shot
from tests.browser.test_walk_the_district import enter
from tests.cast import GRID, lay_ground, worker
from wangge.lib import signing

pytestmark = pytest.mark.django_db(transaction=True)


def a_token(kind: str = "C", hours: int = 48) -> str:
    return signing.sign(signing.Token(kind, 1234567897, 1, timezone.now() + timedelta(hours=hours)))


def test_offline_the_signature_and_the_end_are_checked(
    page: Page, live_server: Any, complaints: list[str]
) -> None:
    lay_ground()
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, live_server.url, worker(GRID).username)
    page.goto(f"{live_server.url}/field/scan/")
    expect(page.locator("#start, #no-camera").locator("visible=true")).to_have_count(1)
    page.context.set_offline(True)
    good = a_token()
    altered = good[:30] + ("A" if good[30] != "A" else "B") + good[31:]
    for text, verdict in (
        (good, "good"),
        (f"https://example.test/C/{good.lower()}", "good"),
        (altered, "bad"),
        (a_token("R", hours=-3), "ended"),
        ("1234567897", "form"),
        ("你好", "form"),
    ):
        page.fill("#text", text)
        page.get_by_role("button", name="查验").click()
        expect(page.locator(f"#offline[data-verdict={verdict}]")).to_be_visible()
    page.fill("#text", good)
    page.get_by_role("button", name="查验").click()
    expect(page.locator("#offline-note")).to_contain_text("是否已作废要联网才知道")
    shot(page, "scan-offline-390")
    page.context.set_offline(False)
    page.get_by_role("button", name="查验").click()
    expect(page.locator("#found")).to_contain_text("查不到")
    assert [each for each in complaints if "ERR_INTERNET" not in each] == []


CAMERA = """
window.BarcodeDetector = class { detect() { return Promise.resolve([{ rawValue: "%s" }]); } };
navigator.mediaDevices.getUserMedia = () => Promise.resolve(document.createElement("canvas").captureStream());
HTMLMediaElement.prototype.play = () => Promise.resolve();
"""


def test_the_camera_reads_a_code_and_the_server_says_what_it_is(
    page: Page, live_server: Any, complaints: list[str]
) -> None:
    """The camera and the detector are stand-ins: this machine has neither; what they feed is ours."""
    lay_ground()
    page.add_init_script(CAMERA % f"HTTPS://EXAMPLE.TEST/C/{a_token()}")
    enter(page, live_server.url, worker(GRID).username)
    page.goto(f"{live_server.url}/field/scan/")
    page.get_by_role("button", name="用相机扫码").click()
    expect(page.locator("#found")).to_contain_text("签名有效")
    assert complaints == []
