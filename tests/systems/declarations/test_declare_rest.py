"""The API's door for declarations: receipts, refusals in words, abuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.systems.declarations.intake import a_code, a_payload, somebody, token_of
from wangge.site.catalogues import compile_catalogues
from wangge.systems.declarations.actions import submit_limits
from wangge.systems.declarations.models import Declaration

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
DOOR = "/api/v1/declarations"


@pytest.fixture(autouse=True)
def _count_anew() -> None:
    submit_limits.forget_counts()


def send(payload: Any, **headers: Any) -> Any:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Client().post(DOOR, body, **({"content_type": "application/json"} | headers))


def test_a_declaration_gets_a_receipt() -> None:
    answer = send(a_payload(token_of(a_code())))
    assert answer.status_code == 201
    assert answer.json()["number"] == Declaration.objects.get().receipt
    assert "sessionid" not in answer.cookies


def test_a_repeat_gets_the_same_bytes() -> None:
    payload = a_payload(a_code().number)
    first, again = send(payload), send(payload)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content


def test_what_is_wrong_is_said_by_path_in_chinese_or_english() -> None:
    people = [somebody(name="张三😀", id_no="999703199005060010")]
    answer = send(a_payload(people=people))
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"people.0.name", "people.0.id_no"}
    assert "校验位" in answer.json()["errors"]["people.0.id_no"]
    compile_catalogues()
    english = send(a_payload(people=people), HTTP_ACCEPT_LANGUAGE="en-GB")
    assert "check" in english.json()["errors"]["people.0.id_no"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        ('{"report": "林"}'.encode("gbk"), "application/json", 400),
        (b"{}", "application/json; charset=gbk", 415),
        (b"report=1", "application/x-www-form-urlencoded", 415),
        (b"{" + b" " * 70_000, "application/json", 413),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"people": [null, 1], "trip": [], "report": 7, "kind": {"a": 1}}', "application/json", 422),
        (b'{"people": [{"name": "\\ud800\\u0000"}]}', "application/json", 422),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(body: bytes, kind: str, status: int) -> None:
    answer = send(body, content_type=kind)
    assert answer.status_code == status
    assert all(answer.json()["errors"].values())
    assert not Declaration.objects.exists()


def test_too_many_of_one_device_are_told_when_to_come_again(settings: Any) -> None:
    settings.DECLARE_LIMITS = settings.DECLARE_LIMITS | {"device": (3, 3600)}
    answers = [send(a_payload(), HTTP_X_DEVICE="one").status_code for _number in range(4)]
    late = send(a_payload(), HTTP_X_DEVICE="one")
    assert answers == [201, 201, 201, 429]
    assert 0 < int(late["Retry-After"]) <= 3600
    assert send(a_payload(), HTTP_X_DEVICE="other").status_code == 201


def test_too_many_of_one_address_are_slowed_whatever_they_send(settings: Any) -> None:
    settings.DECLARE_LIMITS = settings.DECLARE_LIMITS | {"address": (3, 3600)}
    answers = [send(a_payload("1234567890")).status_code for _number in range(5)]
    assert answers == [422, 422, 422, 429, 429]


def test_one_code_is_slowed_alone(settings: Any) -> None:
    settings.DECLARE_LIMITS = settings.DECLARE_LIMITS | {"code": (2, 60)}
    code, other = a_code(), a_code()
    assert [send(a_payload(code.number)).status_code for _number in range(3)] == [201, 201, 429]
    assert send(a_payload(other.number)).status_code == 201


def test_other_methods_find_no_way_in() -> None:
    assert Client().put(DOOR, b"{}", content_type="application/json").status_code == 405


def test_a_database_that_is_away_is_told_as_a_reason_to_send_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any, **_how: Any) -> None:
        raise OperationalError

    payload = a_payload()
    with monkeypatch.context() as patch:
        patch.setattr("wangge.systems.declarations.rest.taking.submit", away)
        answer = send(payload)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert send(payload).status_code == 201


def test_plain_http_in_production_is_led_to_https_and_nothing_is_taken(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = send(a_payload())
    assert answer.status_code == 301 and answer.url.startswith("https://")
    assert not Declaration.objects.exists()
