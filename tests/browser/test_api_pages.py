"""The API's documents under the content policy, and the administrator's pages about clients."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import cast
from tests.foundation.clients.clients_cast import calling, program
from tests.registry.rights.rights_cast import a_resident
from wangge.foundation.access.models import User
from wangge.foundation.clients import actions
from wangge.foundation.clients.models import Client, Sending
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.rights import actions as rights
from wangge.registry.rights.models import RightsRequest

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("WANGGE_SHOTS", "")


@pytest.fixture
def sign_in(page: Page, live_server: Any, logged_in: Any) -> Any:
    """Let a user into the browser without the login page, which has its own test."""

    def enter(user: User) -> None:
        cookie = logged_in(user).cookies[django_settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return enter


def look(page: Page, name: str) -> None:
    """At both sizes; nothing runs out of the page at the phone's."""
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.set_viewport_size({"width": 1366, "height": 768})


def test_the_documents_show_every_operation(
    page: Page, live_server: Any, sign_in: Any, complaints: Any
) -> None:
    cast.lay_ground()
    sign_in(cast.system_admin())
    page.goto(f"{live_server.url}/api/v1/docs")
    for path in ("/api/v1/declarations", "/api/v1/codes", "/api/v1/statuses", "/api/v1/areas"):
        expect(page.locator(f"[data-path='{path}']").first).to_be_visible()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/api-docs-1366.png")
    assert [said for said in complaints if "script" in said.lower()] == []


def told(area: str) -> tuple[Client, Sending]:
    client, token = program(area, name="hr-bureau", addresses=["127.0.0.0/8"], per_minute=2)
    for _call in range(3):
        calling(token).get("/api/v1/areas")
    with within(EVERYWHERE):
        row, _secret = actions.subscribe(
            actor="cli", client=client, url="http://127.0.0.1:9/hook", kinds=["declaration.decided"]
        )
        states = (("done", 204, 0, ""), ("waiting", 503, 1234, "answer"), ("failed", None, None, "timeout"))
        for event, (state, answer, size, fault) in enumerate(states):
            made = Sending.objects.create(
                subscription=row, event=event, kind="declaration.decided", body="{}", state=state,
                answer=answer, answer_bytes=size, fault=fault, attempts=event + 1,
            )  # fmt: skip
    return client, made


def test_a_client_from_its_making_to_its_messages(
    page: Page, live_server: Any, sign_in: Any, complaints: Any, settings: Any
) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    cast.lay_ground()
    sign_in(cast.system_admin())
    page.goto(live_server.url + reverse("clients:list"))
    look(page, "clients-empty")
    page.get_by_role("link", name="新建客户端").first.click()
    look(page, "clients-new")
    page.get_by_label("名称").fill("mini-program")
    page.get_by_label("负责单位").fill("区政务服务局")
    page.get_by_label("读取区域").check()
    page.get_by_role("button", name="建立并发放密钥").click()
    expect(page.get_by_text("wg_")).to_be_visible()
    look(page, "clients-given")
    client, sending = told(cast.TOWN)
    for name, address in (
        ("clients", reverse("clients:list")),
        ("client", reverse("clients:client", args=[client.pk])),
        ("client-subscribe", reverse("clients:subscribe", args=[client.pk])),
        ("client-webhook", reverse("clients:webhook", args=[sending.subscription_id])),
    ):
        page.goto(live_server.url + address)
        look(page, name)
    assert complaints == []


def test_the_desk(page: Page, live_server: Any, sign_in: Any, complaints: Any) -> None:
    cast.lay_ground()
    person = a_resident(school="旧学校", emergency_contact="示范某")
    with within(EVERYWHERE):
        for kind, fields, wish, due in (
            ("correct", ["school"], {"school": "新学校"}, None),
            ("erase", ["birth", "school"], None, "2026-01-05"),
        ):
            made = rights.ask(
                kind=kind, phone=person.phone, area_code=cast.COMMUNITY, person=person, fields=fields,
                wish=wish, said="孩子已经转学。",
            )  # fmt: skip
            if due:
                RightsRequest.objects.filter(pk=made.pk).update(due_on=due)
    sign_in(cast.secretary())
    page.goto(live_server.url + reverse("rights:list"))
    look(page, "desk-list")
    page.get_by_role("link", name=made.number).click()
    look(page, "desk-erase")
    page.get_by_label("办理结果").select_option("partly")
    page.get_by_label("法律依据").select_option("duty")
    page.get_by_label("答复内容").fill("学校一项已删除；出生日期依法保留。")
    page.get_by_role("button", name="答复并办理").click()
    expect(page.get_by_text("已答复，本人会收到短信通知。")).to_be_visible()
    look(page, "desk-answered")
    page.get_by_role("link", name="打印答复").click()
    look(page, "desk-paper")
    assert complaints == []
