"""粤居码 by the API: how many, never who."""

from __future__ import annotations

import pytest

from tests import cast
from tests.foundation.clients.clients_cast import calling, program
from tests.registry.ledgers import ledger_cast as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_counts_by_community_and_status_in_reach():
    for name, status, grid in (("甲某", "1", cast.GRID), ("乙某", "1", cast.GRID), ("丙某", "", cast.GRID),
                               ("丁某", "1", cast.OTHER_GRID)):  # fmt: skip
        made = people.a_person(name)
        type(made).objects.filter(pk=made.pk).update(residence_code_status=status)
        people.lives(made, grid)
    answer = calling(program(cast.TOWN)[1]).get("/api/v1/statuses")
    assert answer.json()["statuses"] == [
        {"area": cast.COMMUNITY, "status": "", "people": 1},
        {"area": cast.COMMUNITY, "status": "1", "people": 2},
    ]
    assert "甲某" not in answer.content.decode()


def test_another_area_does_not_exist():
    browser = calling(program(cast.TOWN)[1])
    assert browser.get("/api/v1/statuses", {"area": cast.OTHER_COMMUNITY}).status_code == 404


def test_an_unknown_address_is_told_to_programs_as_they_read_it():
    answer = calling(program()[1]).post("/api/v1/nowhere/at/all")
    assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"
