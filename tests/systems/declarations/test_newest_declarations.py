"""The newest of an area: its own code and its grids', merged, within the reach."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from tests import cast
from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_GRID, TOWN
from tests.systems.declarations.intake import a_code, a_payload
from wangge.lib.scoping import Reach, within
from wangge.systems.declarations.actions.submit import Client, submit
from wangge.systems.declarations.models import Declaration
from wangge.systems.declarations.queries import newest as queries
from wangge.systems.declarations.queries.newest import newest

pytestmark = pytest.mark.usefixtures("ground", "everywhere")


@pytest.fixture
def rows() -> list[int]:
    """Keys in the order they came: grid, community, another town, grid."""
    for area in (GRID, COMMUNITY, OTHER_GRID, GRID):
        submit(a_payload(a_code(area).number), channel="scan", client=Client())
    return list(Declaration.objects.order_by("id").values_list("id", flat=True))


def keys(*args: str, **how: int) -> list[int]:
    return [row["id"] for row in json.loads(newest(*args, **how))]  # type: ignore[arg-type]


@pytest.mark.parametrize("wide", [9, 13])
def test_an_area_holds_its_own_and_its_grids(
    rows: list[int], wide: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "WIDE", wide)
    one, two, three, four = rows
    assert keys(COMMUNITY) == keys(TOWN) == [four, two, one]
    assert keys(GRID) == [four, one]
    assert keys() == keys(DISTRICT) == [four, three, two, one]


def test_it_goes_on_after_a_key(rows: list[int]) -> None:
    one, two, _three, four = rows
    assert keys(COMMUNITY, limit=1) == [four]
    assert keys(COMMUNITY, before=four) == [two, one]


def test_what_lies_outside_the_reach_is_not_there(rows: list[int]) -> None:
    with within(Reach((GRID,))):
        assert keys() == keys(COMMUNITY) == [rows[3], rows[0]]
        assert keys(OTHER_GRID) == []
    with within(Reach(())):
        assert keys() == []


def test_a_line_says_what_a_list_needs_and_nothing_of_the_person(rows: list[int]) -> None:
    told = newest(GRID, limit=1)
    line = json.loads(told)[0]
    assert set(line) == set(queries.COLUMNS)
    assert (line["kind"], line["state"]) == ("returning", "submitted")
    assert "林晓月" not in told and "虚构花园" not in told
    assert set(queries.COLUMNS) & set(Declaration.personal) <= {"address_says"}  # a state, no address


def test_the_api_answers_within_the_reach(rows: list[int], logged_in: Callable[..., Browser]) -> None:
    browser = logged_in(cast.worker())
    answer = browser.get("/api/v1/declarations/newest?limit=1")
    assert [line["id"] for line in answer.json()] == [rows[3]]
    assert browser.get(f"/api/v1/declarations/newest?area={OTHER_GRID}").json() == []
    assert browser.get("/api/v1/declarations/newest?area=440").status_code == 422
    assert logged_in(cast.auditor(), Browser()).get("/api/v1/declarations/newest").status_code == 403
