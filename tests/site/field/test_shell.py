"""The page of the field app and what a phone needs to install it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests import cast
from wangge.foundation.access.models import User
from wangge.site import field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
LogIn = Callable[[User], Client]


def test_the_page_names_nobody_since_the_phone_keeps_it(logged_in: LogIn) -> None:
    user = cast.worker()
    page = logged_in(user).get("/field/")
    text = page.content.decode()
    assert page.status_code == 200
    assert user.name not in text and user.username not in text and "csrfmiddlewaretoken" not in text
    assert "csrftoken" in page.cookies
    assert "'wasm-unsafe-eval'" in page["Content-Security-Policy"]


def test_who_does_no_duties_sees_what_she_may(logged_in: LogIn) -> None:
    text = logged_in(cast.leader()).get("/field/").content.decode()
    assert "不做巡查和走访" in text and 'id="app"' not in text


def test_me_says_whose_session_it_is_and_nothing_to_a_stranger(logged_in: LogIn) -> None:
    answer = Client().get("/field/me/")
    assert answer.status_code == 401 and answer.json() == {"signed_in": False}
    one, other = (logged_in(cast.worker()).get("/field/me/").json() for _ in range(2))
    assert one["works"] and one["place"] == "甲一网格" and one["id"] != other["id"]
    assert one["codes"]["relation"]["02"] == "户主"
    leader = logged_in(cast.leader()).get("/field/me/").json()
    assert not leader["works"]


def test_the_manifest_stands_above_the_app() -> None:
    answer = Client().get("/field/manifest.json")
    found = json.loads(answer.content)
    assert answer["Content-Type"].startswith("application/manifest+json")
    assert found["scope"] == found["start_url"] == "/field/"
    assert {icon.get("purpose") for icon in found["icons"]} == {None, "maskable"}


def test_the_worker_is_asked_for_anew_and_changes_with_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "precache('__EDITION__', '__STATIC__a.js')"
    real = field.built
    monkeypatch.setattr(field, "built", lambda name: script if name == "sw.js" else real(name))
    first = Client().get("/sw.js")
    assert first["Cache-Control"] == "no-cache" and first["Content-Type"].startswith("text/javascript")
    assert re.fullmatch(r"precache\('[0-9a-f]{16}', '/static/a\.js'\)", first.content.decode())
    monkeypatch.setattr(field, "_shell", lambda: "another page")
    assert Client().get("/sw.js").content != first.content
    monkeypatch.setattr(field, "built", lambda name: "")
    assert Client().get("/sw.js").status_code == 404


def test_english_brings_its_texts_with_the_page(logged_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field, "built", lambda name: '["登录"]' if name == "field-words.json" else "")
    client = logged_in(cast.worker())
    assert json.loads(_words(client)) == {}
    client.cookies["django_language"] = "en"
    assert list(json.loads(_words(client))) == ["登录"] and "登录" not in json.loads(_words(client)).values()


def _words(client: Client) -> str:
    text = client.get("/field/").content.decode()
    found = re.search(r'<script id="field-words"[^>]*>(.*?)</script>', text)
    assert found
    return found[1]


def test_a_card_is_drawn_for_links_of_this_system_only(logged_in: LogIn) -> None:
    client = logged_in(cast.worker())
    drawn = client.post("/field/qr/", {"link": "/v/abc/"})
    assert drawn.status_code == 200 and drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    for link in ("https://elsewhere.example/", "//elsewhere.example/", "", "javascript:1"):
        assert client.post("/field/qr/", {"link": link}).status_code == 422, link
    assert client.post("/field/qr/", {"link": "/" + "a" * 700}).status_code == 422
