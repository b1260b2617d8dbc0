"""Everything due at one door becomes one list, every question once, and nothing fresh."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import GRID
from tests.systems.fieldwork.visit_cast import (
    GAS,
    NEED,
    a_campaign,
    a_room,
    cared,
    confirmed,
    days_ago,
    lives,
    visited,
)
from wangge.lib.sealing import seal
from wangge.registry.people.actions import check_people
from wangge.registry.people.models import Contradiction, Person
from wangge.systems.fieldwork.models import Duty
from wangge.systems.fieldwork.queries.scripts import doors_in, script_for, scripts_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    made = a_room()
    visited(made, answers={f"room:{made.pk}:room_state": "own"})
    return made


def keys(door) -> set[str]:
    return set(script_for(door).questions)


def test_a_door_whose_facts_are_fresh_asks_nothing(room):
    lives(room, education="20", marriage="20")
    script = script_for(room)
    assert script.asked == 0 and script.blocks == [] and told([script]) == []


def test_a_mandatory_fact_that_is_missing_is_asked_with_its_reason(room):
    person = lives(room, id_no="", phone="")
    script = script_for(room)
    assert set(script.questions) == {f"person:{person.pk}:id_no", f"person:{person.pk}:phone"}
    asked = script.questions[f"person:{person.pk}:phone"]
    assert (asked.why, asked.reason, asked.known) == ("missing", "登记册里还没有。", None)


def test_a_child_is_not_asked_for_a_phone(room):
    lives(room, phone="", birth=days_ago(3000))
    assert keys(room) == set()


def test_a_stale_fact_says_since_when(room):
    person = confirmed(lives(room, education="20"), phone=181, education=700, residence=91)
    Person.objects.filter(pk=person.pk).update(confirmed_at=days_ago(91))
    script = script_for(room)
    assert f"person:{person.pk}:education" not in script.questions
    asked = script.questions[f"person:{person.pk}:phone"]
    assert asked.reason == f"上次确认 {days_ago(181).isoformat()}，已过 180 天。"
    assert asked.known == "100****2345" and "10000012345" not in str(script.told())
    assert script.questions[f"person:{person.pk}:residence"].options[0][0] == "here"


def test_a_contradiction_is_asked_even_of_a_fresh_fact(room):
    person = lives(room)
    Contradiction.objects.create(
        person=person, area_code=GRID, field="phone", held_sealed=seal("1"), offered_sealed=seal("2"),
        held_source=40, offered_source=30,
    )  # fmt: skip
    asked = script_for(room).questions[f"person:{person.pk}:phone"]
    assert asked.why == "contradicted" and "本人申报" in asked.reason


def test_a_record_at_odds_comes_with_its_repair(room):
    person = lives(room)
    Person.objects.filter(pk=person.pk).update(birth=days_ago(20000))
    check_people([person.pk])
    asked = [one for one in script_for(room).questions.values() if one.key.startswith("discrepancy:")]
    assert [code for code, _words in asked[0].options] == ["repair", "right"] and asked[0].known


def test_a_campaign_asks_what_the_register_does_not_know(room):
    person = lives(room)
    a_campaign(room)
    script = script_for(room)
    assert set(script.questions) == {GAS, NEED}
    assert [block.title for block in script.blocks] == ["三问一完善", "居家安全", "困难诉求"]
    assert script.questions[GAS].options == (("yes", "有"), ("no", "没有"))
    assert script.forms[0]["skip"] == ["/data/ask1/phone"]
    assert script.separate == 3
    confirmed(person, phone=400)
    script = script_for(room)
    assert script.blocks[1].needs == [f"person:{person.pk}:phone"]
    assert script.forms[0]["took"] == {"/data/ask1/phone": [f"person:{person.pk}:phone"]}


def test_what_three_want_is_asked_once(room):
    person = confirmed(lives(room), phone=400)
    a_campaign(room)
    a_campaign(room, key="ask4")
    script = script_for(room)
    assert [key for key in script.questions if key.endswith(":phone")] == [f"person:{person.pk}:phone"]
    assert script.asked < script.separate * 0.4


def test_care_rechecks_and_call_backs_are_due(room):
    person = lives(room)
    row = cared(person)
    duty = Duty.objects.create(
        key="x", kind="recheck", area_code=GRID, room=room, begins_on=days_ago(1), due_on=days_ago(-1)
    )
    visited(room, "nobody")
    script = script_for(person)  # who lives in a room is visited there
    assert script.door == f"room:{room.pk}"
    assert set(script.questions) == {f"care:{row.pk}:safe", f"duty:{duty.pk}"}
    assert "老年" not in str(script.told())
    assert any(block.key.startswith("callback:") for block in script.blocks)


def test_a_grid_costs_as_many_statements_as_a_door(room):
    def statements(rooms: int) -> int:
        for door in range(rooms):
            home = a_room(f"{door + 200}")
            confirmed(lives(home), phone=400)
        with CaptureQueriesContext(connection) as seen:
            assert len(scripts_of(doors_in([GRID]))) == len(doors_in([GRID]).rooms)
        return len(seen)

    assert statements(3) == statements(9)


FACTS = ("phone", "education", "marriage", "residence")
LIMITS = {"phone": 180, "education": 730, "marriage": 365, "residence": 90}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({fact: st.integers(0, 800) for fact in FACTS}), st.booleans(), st.booleans())
def test_nothing_fresh_is_asked_and_nothing_mandatory_is_left_out(room, ages, with_id, with_campaign):
    person = lives(room, "独孤试", education="20", marriage="20", **({} if with_id else {"id_no": ""}))
    confirmed(person, **ages)
    Person.objects.filter(pk=person.pk).update(confirmed_at=None)
    if with_campaign:
        a_campaign(room)
    asked = {key.rpartition(":")[2] for key in keys(room) if key.startswith(f"person:{person.pk}:")}
    stale = {fact for fact, days in ages.items() if days > LIMITS[fact]}
    assert asked & set(FACTS) == stale
    assert ("id_no" in asked) == (not with_id)
