"""The pages of one's own data in English: what is still Chinese on them is data."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from tests.registry.rights.rights_cast import PHONE, a_resident, come_in, no_waiting, tail_of
from tests.walls.test_english import chinese_left
from wangge.registry.rights.models import RightsRequest
from wangge.site.catalogues import compile_catalogues

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "no_waiting")]
__all__ = ["no_waiting"]


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


@pytest.fixture
def guest() -> Client:
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def shown(guest: Client, name: str, *args: str) -> str:
    return guest.get(reverse(f"my:{name}", args=args)).content.decode()


def test_before_coming_in(guest):
    assert chinese_left(shown(guest, "enter")) == []
    page = guest.post(reverse("my:enter"), {"phone": PHONE}).content.decode()
    assert chinese_left(page) == []


def test_her_pages(guest, settings):
    person = a_resident(school="示范小学", confirmed_at="2026-03-04", emergency_contact="示范某")
    come_in(guest, PHONE, tail_of(person), settings)
    fault = guest.post(reverse("my:ask"), {"kind": "correct"}).content.decode()
    guest.post(reverse("my:ask"), {"kind": "erase", "erase": ["school"], "said": "x"})
    number = RightsRequest._base_manager.get().number
    pages = [shown(guest, name) for name in ("info", "paper", "ask", "stranger")]
    for page in (*pages, fault, shown(guest, "request", number)):
        assert chinese_left(page) == []


def test_whoever_is_not_found(guest, settings):
    come_in(guest, "10099990000", "123456", settings)
    assert chinese_left(shown(guest, "info")) == []
