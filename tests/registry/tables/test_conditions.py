"""A condition says of a person what the ledgers say, and what is not known stays unknown."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import COMMUNITY, GRID
from tests.registry.ledgers.ledger_cast import (
    GUANGXI,
    HERE,
    OTHER_DISTRICT,
    a_person,
    a_room,
    ago,
    lives,
    names_in,
)
from wangge.registry.people.models import Household
from wangge.registry.tables.meanings import parse
from wangge.registry.tables.meanings.conditions import holds, valid
from wangge.registry.tables.queries.asking import Asking
from wangge.registry.tables.queries.subjects import subjects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


def _asking(
    *conditions: str, unit: str = "person", ledger: str = "resident", reads: tuple[str, ...] = ()
) -> Asking:
    day = ago(0)
    return Asking(unit, ledger, COMMUNITY, day, conditions, tuple(parse(text) for text in reads))


def _names(*conditions: str, **asked: object) -> list[str]:
    return [s.line.person.name for s in subjects(_asking(*conditions, **asked)) if s.line]  # type: ignore[arg-type]


@pytest.fixture
def people() -> None:
    """From here, from the next district, from another province, and from nobody knows where."""
    for number, (name, region) in enumerate(
        (("本地", HERE), ("邻区", OTHER_DISTRICT), ("外省", GUANGXI), ("不明", ""))
    ):
        lives(a_person(name, hukou_region=region), since=ago(400), room=a_room(door=f"{number}01"))


@pytest.mark.parametrize("ledger", ["floating", "outside"])
def test_a_mark_agrees_with_the_ledger_of_that_name(ledger: str, people: None) -> None:
    marked = [s.line.person.name for s in subjects(_asking()) if s.line and holds(ledger, s)]
    assert sorted(marked) == sorted(names_in(ledger))


def test_unknown_is_neither_yes_nor_no(people: None) -> None:
    by_name = {s.line.person.name: s for s in subjects(_asking()) if s.line}
    assert [holds(one, by_name["不明"]) for one in ("local", "floating", "outside")] == [None] * 3
    assert "不明" not in _names("floating") and "不明" not in _names("local")


def test_age_is_counted_to_the_day() -> None:
    today = ago(0)
    lives(a_person("正好", birth=date(today.year - 60, today.month, min(today.day, 28))), since=ago(400))
    lives(a_person("没到", birth=date(today.year - 59, 1, 1)), since=ago(400), room=a_room(door="102"))
    lives(a_person("不详", birth=None), since=ago(400), room=a_room(door="103"))
    assert _names("age:60-") == ["正好"] and _names("age:-59") == ["没到"]


def test_who_shares_a_flat_does_not_live_alone() -> None:
    lives(a_person("独"), since=ago(400), room=a_room(door="101"))
    shared = a_room(door="102")
    for name in ("甲", "乙"):
        house = Household.objects.create(area_code=GRID, room=shared)
        lives(a_person(name), since=ago(400), room=shared, household=house)
    assert "独" in _names("alone") and "甲" not in _names("alone")
    marks = {s.line.person.name: s.alone for s in subjects(_asking(reads=("mark:alone",))) if s.line}
    assert marks["甲"] is False and marks["乙"] is False


def test_a_household_counts_once_and_its_head_speaks() -> None:
    room = a_room(door="101")
    house = Household.objects.create(area_code=GRID, room=room, number="H1")
    child = a_person("孩", birth=date(2015, 1, 1))
    head = a_person("户主", birth=date(1980, 1, 1))
    for person, relation in ((child, "20"), (head, "02")):
        lives(person, since=ago(400), room=room, household=house, relation=relation)
    rows = list(subjects(_asking("age:-17", unit="household")))
    assert [row.line.person.name for row in rows if row.line] == ["户主"]
    assert [m.line.person.name for m in rows[0].members if m.line] == ["户主", "孩"]


@pytest.mark.parametrize("text", ["age:", "age:x-", "is:politics=1", "ufo", "", "alone&ufo"])
def test_what_is_no_condition_is_not_taken_for_one(text: str) -> None:
    assert not valid(text)
