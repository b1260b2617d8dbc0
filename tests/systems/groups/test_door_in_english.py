"""The pages without account in English: what is still Chinese on them is somebody's data."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.systems.groups.door_cast import again_at_once, entered, invited
from tests.systems.groups.groups_cast import BOSS, group, joined, phone, staff_file
from tests.walls.test_english import chinese_left
from wangge.site.catalogues import compile_catalogues
from wangge.systems.groups import actions
from wangge.systems.groups.queries import order_rules


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def english(browser: Client) -> Client:
    browser.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    return browser


def left(answer) -> list[str]:
    return chinese_left(answer.content.decode())


def test_pages_for_anybody():
    browser = english(Client())
    for at in ("/groups/", "/groups/new/", invited(group()), "/groups/join/NONE/"):
        assert left(browser.get(at)) == [], at
    assert left(browser.post("/groups/new/", {"name": ""})) == []
    again_at_once()
    assert left(browser.post("/groups/enter/", {"phone": BOSS})) == []


def test_the_managers_pages(monkeypatch):
    made = group()
    leaving, admin = joined(made, 1), joined(made, 2)
    browser = english(entered(BOSS))
    browser.post(f"/groups/{made.pk}/members/{admin.pk}/admin/")
    actions.apply_to_leave(member=leaving, reason="")
    monkeypatch.setattr(
        order_rules, "fields_for", lambda group: [order_rules.Field("t", "t", "datetime", (), "1")]
    )
    for at in ("", "members/", "compare/", "demands/", "hand-over/", "dissolve/"):
        assert left(browser.get(f"/groups/{made.pk}/{at}")) == [], at
    file = BytesIO(staff_file([["郑管", BOSS, ""], ["郑管", BOSS, ""]]))
    file.name = "x.xlsx"
    assert left(browser.post(f"/groups/{made.pk}/compare/", {"file": file})) == []
    assert left(browser.post(f"/groups/{made.pk}/dissolve/")) == []


def test_a_members_pages():
    member = joined(group(), 1)
    browser = english(entered(phone(1)))
    assert left(browser.get("/groups/")) == []
    assert left(browser.get(f"/groups/mine/{member.pk}/")) == []
    actions.apply_to_leave(member=member, reason="")
    assert left(browser.get(f"/groups/mine/{member.pk}/")) == []
