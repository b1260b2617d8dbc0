"""Who a declaration may be: found by evidence, whatever was written wrong, and never two numbers in one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.registry.people.people_cast import PHONE, demo_id
from wangge.lib.scoping import Reach, within
from wangge.registry.people.actions import register_person
from wangge.registry.people.queries.likeness import SAME_FROM, likely_people

BORN = date(1980, 5, 6)
FACTS = {"name": "陈志强", "birth": BORN, "sex": "1", "phone": PHONE}


@pytest.fixture
def known(room):
    return register_person(actor="cli", facts=FACTS | {"id_no": demo_id(3, BORN)}, room=room).person


@pytest.mark.parametrize(
    "declared",
    [
        FACTS,
        FACTS | {"name": "陳志强"},
        FACTS | {"name": "陈智强"},
        FACTS | {"birth": date(1980, 6, 5)},
        FACTS | {"birth": "1980-05-06"},
        {"name": "陈志强", "phone": PHONE, "birth": BORN},
    ],
    ids=["all the same", "traditional", "sounds alike", "month and day turned", "day as text", "no sex"],
)
def test_the_registered_person_is_found_without_doubt(known, declared):
    found = likely_people(declared)
    assert found[0].person == known and found[0].probability >= SAME_FROM


def test_the_name_in_the_same_room_is_likely_and_not_sure(known, room):
    found = likely_people({"name": "陈志强"}, room)
    assert found[0].person == known and 0.2 < found[0].probability < SAME_FROM


def test_another_number_is_nobody_registered(known, room):
    assert likely_people(FACTS | {"id_no": demo_id(5, BORN)}, room) == []


def test_a_brother_in_the_room_is_nobody_registered(known, room):
    assert likely_people({"name": "陈志伟", "birth": date(1984, 1, 2), "phone": PHONE}, room) == []


def test_a_name_alone_is_at_most_a_question(known):
    assert all(each.probability < 0.5 for each in likely_people({"name": "陈志强"}))


def test_evidence_is_given_with_its_weight(known):
    codes = {finding.code: finding.weight for finding in likely_people(FACTS)[0].findings}
    assert codes["birth_same_home"] > 0 and codes["home_phone"] > 10


def test_it_looks_across_borders(known):
    with within(Reach(("440799",))):
        assert likely_people(FACTS)[0].person == known


@pytest.mark.parametrize("others", [0, 3])
def test_the_number_of_queries_does_not_grow(known, room, others):
    for number in range(others):
        facts = {"name": "陈志强", "birth": date(1950 + number, 1, 2), "phone": PHONE}
        register_person(actor="cli", facts=facts, room=room, answer="new")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        likely_people(FACTS, room)
    assert len(asked) == 8
