"""A grid ends: its codes and declarations go where their places went, each row once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import COMMUNITY, GRID
from tests.systems.declarations.intake import a_code, a_payload, somebody
from wangge.foundation.territory.models import Area, AreaChange
from wangge.lib.addresses import parse
from wangge.registry.people.actions import find_or_register_room
from wangge.registry.people.models import Building, Room
from wangge.systems.declarations.actions.follow import follow_ended_grids
from wangge.systems.declarations.actions.matching import match_waiting
from wangge.systems.declarations.actions.submit import Client, submit
from wangge.systems.declarations.models import Declaration, ReportCode

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
WEST, EAST, ON = GRID[:-3] + "101", GRID[:-3] + "102", date(2026, 11, 1)


def ended(*heirs: str) -> None:
    """The grid ends in favour of these, and its building goes to the first."""
    Area.objects.filter(code=GRID).update(valid_to=ON)
    for code in heirs:
        Area.objects.create(
            code=code, level="grid", kind="general", name=code, parent_id=COMMUNITY, valid_from=ON
        )
    AreaChange.objects.create(
        area_code=COMMUNITY, kind="split", on=ON, from_codes=[GRID], to_codes=list(heirs), actor="cli"
    )
    Building.objects.update(area_code=heirs[0])
    Room.objects.update(area_code=heirs[0])


@pytest.fixture
def rows() -> None:
    """A code on a building and one on the gate; a declaration with a room and one without."""
    room = find_or_register_room(actor="cli", community=COMMUNITY, address=parse("虚构花园1栋101"), area=GRID)
    assert room is not None
    a_code(scope="building", building=room.building, label="1栋")
    gate = a_code(scope="entrance", label="东口")
    for serial, address in ((1, "虚构花园1栋101"), (2, "没有登记的地方")):
        sent = a_payload(gate.number, people=[somebody(serial)], stay={"address": address})
        submit(sent, channel="scan", client=Client())
    match_waiting()
    Declaration.objects.update(area_code=GRID)


def places() -> tuple[list[str], list[str]]:
    codes = ReportCode.objects.order_by("pk").values_list("area_code", flat=True)
    return list(codes), list(Declaration.objects.order_by("pk").values_list("area_code", flat=True))


def test_a_split_sends_places_along_and_the_rest_to_the_community(rows: None) -> None:
    ended(WEST, EAST)
    assert follow_ended_grids() == 4
    assert places() == ([WEST, COMMUNITY], [WEST, COMMUNITY])
    assert follow_ended_grids() == 0


def test_one_heir_takes_everything(rows: None) -> None:
    ended(WEST)
    follow_ended_grids()
    assert places() == ([WEST, WEST], [WEST, WEST])


def test_two_gates_of_one_name_are_told_apart(rows: None) -> None:
    ended(WEST)
    a_code(WEST, scope="entrance", label="东口")
    follow_ended_grids()
    labels = ReportCode.objects.filter(scope="entrance").order_by("pk").values_list("label", "area_code")
    assert list(labels) == [(f"东口（{GRID[-3:]}）", WEST), ("东口", WEST)]


def test_a_grid_in_force_keeps_its_rows(rows: None) -> None:
    assert follow_ended_grids() == 0
    assert places() == ([GRID, GRID], [GRID, GRID])


def test_what_is_archived_stays_where_it_was(rows: None) -> None:
    ended(WEST)
    Declaration.objects.update(state="archived")
    follow_ended_grids()
    assert places()[1] == [GRID, GRID]
