"""What an emergency order asks besides stands in the form while it is in force, and nowhere else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests.systems.declarations.intake import a_code
from tests.systems.declarations.test_citizen_form import the_form
from wangge.systems.declarations.citizen import form
from wangge.systems.declarations.citizen.posting import payload_of
from wangge.systems.declarations.models import ReportCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(ground: None) -> ReportCode:
    return a_code()


def asked(**facts: Any) -> SimpleNamespace:
    given = {
        "key": "fever",
        "label": "是否发热",
        "kind": "yes_no",
        "choices": [],
        "required": True,
        "note": "",
    }
    return SimpleNamespace(**(given | facts))


def test_without_an_order_nothing_is_asked(client: Client, code: ReportCode) -> None:
    assert "emergency" not in client.get(the_form(code)).content.decode()


def test_under_an_order_each_person_is_asked(
    client: Client, code: ReportCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        form, "fields_for", lambda area: [asked(), asked(key="since", kind="date", label="何时")]
    )
    page = client.post(the_form(code), {"do": "add", "people": "1"}).content.decode()
    for name in ("people.0.emergency.fever", "people.1.emergency.fever", "people.1.emergency.since"):
        assert f'name="{name}"' in page
    assert 'id="f-people-0-emergency-since" name="people.0.emergency.since" type="date"' in page


def test_only_what_was_answered_is_sent() -> None:
    values = {"people": "2", "people.0.emergency.fever": "no", "people.1.emergency.fever": ""}
    people = payload_of(values, "")["people"]
    assert people[0]["emergency"] == {"fever": "no"} and "emergency" not in people[1]
