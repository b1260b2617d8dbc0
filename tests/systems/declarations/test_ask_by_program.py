"""A program that draws the form itself learns what to show, what to send and which notice was agreed to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.foundation.orders import orders_cast as orders
from tests.systems.declarations.intake import a_code, a_payload, somebody
from wangge.systems.declarations.actions.submit_limits import forget_counts
from wangge.systems.declarations.models import Declaration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
FORM = "/api/v1/declarations/form"


def asked(client: Client, code: str) -> Any:
    return client.get(FORM, {"code": code})


def test_what_it_is_told_is_enough_for_a_declaration_that_is_taken(client: Client) -> None:
    orders.started()
    number = a_code().number
    told = asked(client, number).json()
    required = [one for one in told["emergency"] if one["required"]]
    assert [one["kind"] for one in required] == ["date"]
    people = [somebody(emergency={one["key"]: "2026-11-20" for one in required})]
    said = a_payload(number, people=people, consent={"notice": told["notice"]["version"]})
    answer = client.post("/api/v1/declarations", said, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert Declaration.objects.get().notice_version == told["notice"]["version"]
    assert told["notice"]["text"]


def test_without_an_order_it_is_told_of_no_emergency_field(client: Client) -> None:
    told = asked(client, a_code().number).json()
    assert told["emergency"] == []
    assert {"trip.arrive_at", "stay.address"} <= set(told["kinds"][0]["needed"])


def test_a_code_that_leads_nowhere_is_one_answer_and_tries_are_counted(client: Client, settings: Any) -> None:
    settings.DECLARE_LIMITS = settings.DECLARE_LIMITS | {"address": (2, 3600)}
    forget_counts()
    assert [asked(client, "7030000099").status_code for _try in range(3)] == [404, 404, 429]
    assert asked(client, a_code().number).status_code == 200
