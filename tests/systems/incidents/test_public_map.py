"""The public map shows kind and state at rounded places, three days late, where the district allows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.systems.incidents.incident_cast import closed, lay_shapes, reported
from wangge.engines.cases.models import Case
from wangge.foundation.territory.models import Setting
from wangge.systems.incidents.queries.public import shown

pytestmark = pytest.mark.django_db


def allow(value: Any = True) -> None:
    Setting.objects.create(key="incidents.public_map", value=value, valid_from="2020-01-01")


def of_age(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(raised_at=timezone.now() - timedelta(days=4))


@pytest.mark.parametrize("value", [None, False, "yes"])
def test_is_not_there_unless_the_district_says_so(client: Client, value: Any) -> None:
    if value is not None:
        allow(value)
    for address in ("/r/map", "/r/map/"):
        answer = client.get(address)
        assert answer.status_code == 404 and "没有公开事项地图" in answer.content.decode()


def test_shows_a_closed_one_at_once_and_an_open_one_after_three_days(client: Client) -> None:
    allow()
    done, waits, fresh = (reported(words=f"{n}号楼垃圾").case for n in range(3))
    closed(done)
    of_age(waits)
    assert sorted(row.state for row in shown()) == ["已结案", "待受理"] and fresh.closed_at is None


def test_tells_nothing_of_whom_or_what_and_no_exact_place(client: Client) -> None:
    allow()
    lay_shapes()
    case = reported(words="巷口路灯不亮", place=(113.08512, 22.60534), address="东门对面", name="林晓月").case
    of_age(case)
    page = client.get("/r/map").content.decode()
    assert "城市管理" in page and "<circle" in page
    for secret in ("路灯", "东门", "林晓月", case.number, case.receipt, "113.08512"):
        assert secret not in page
    assert [(row.lon, row.lat) for row in shown()] == [(113.085, 22.605)]


@pytest.mark.parametrize("kind", ["special", "casualty", "order", "wages"])
def test_leaves_out_what_could_point_to_somebody(kind: str) -> None:
    of_age(reported(kind=kind).case)
    assert shown() == []


def test_the_ground_to_tap_on_is_a_picture_that_says_its_degrees(client: Client) -> None:
    assert client.get("/r/ground.svg").status_code == 404
    lay_shapes()
    answer = client.get("/r/ground.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml" and "data-west" in answer.content.decode()
