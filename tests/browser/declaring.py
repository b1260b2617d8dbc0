"""What the residents' tests in a browser share: a code on a gate, filling in, axe, counting bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import lay_ground
from tests.systems.declarations.intake import a_code, id_number, token_of
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.declarations.models import Declaration

AXE = Path(__file__).resolve().parents[2] / "front" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
PHONE = {"width": 390, "height": 844}


def gate(address: str) -> str:
    """The address on a poster of the first grid."""
    lay_ground()
    return f"{address}/C/{token_of(a_code())}"


def phone(browser: Browser, **more: Any) -> BrowserContext:
    """A resident's phone."""
    given = {"viewport": PHONE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "has_touch": True}
    context = browser.new_context(**(given | more))
    context.set_default_timeout(10_000)
    return context


def fill(page: Page, name: str = "林晓月", serial: int = 1) -> None:
    """What a resident types, and nothing more."""
    page.get_by_role("radio", name="来江", exact=True).check()
    page.fill("[name='people.0.name']", name)
    page.fill("[name='people.0.id_no']", id_number(serial))
    page.fill("[name='people.0.phone']", "10000001234")
    page.fill("[name='trip.from_text']", "湖北省武汉市")
    page.fill("[name='stay.address']", "甲一社区虚构花园1栋101")
    page.check("[name='consent.notice']")


def held() -> list[Declaration]:
    """What the server has."""
    with within(EVERYWHERE):
        return list(Declaration.objects.order_by("pk"))


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA. The context must bypass the content policy for axe itself."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
