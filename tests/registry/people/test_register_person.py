"""A declaration finds the person it is about, or registers one, once."""

import sys
from datetime import date

import pytest

from tests.registry.people.people_cast import GRID, PHONE, demo_id
from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.rules import Declined


def declare(room, **facts):
    return register_person(actor="cli", facts={"name": "甲一"} | facts, room=room)


def test_a_new_person_gets_birth_and_sex_from_the_number_and_lives_in_the_room(room):
    answer = declare(room, id_no=demo_id(3, date(1990, 2, 3)))
    person = answer.person
    assert (answer.outcome, person.birth, person.sex) == ("new", date(1990, 2, 3), "1")
    assert person.initials == "jy"
    tie = Tie.objects.get(person=person)
    assert (tie.kind, tie.room, tie.area_code) == ("lives", room, GRID)


def test_the_same_number_is_the_same_person_and_no_second_tie(room):
    first = declare(room, id_no=demo_id(3)).person
    again = declare(room, id_no=demo_id(3).lower(), phone=PHONE)
    assert (again.outcome, again.person) == ("same", first)
    assert (Person.objects.count(), Tie.objects.count()) == (1, 1)
    assert Person.objects.get().phone == PHONE


def test_name_birth_and_phone_together_are_the_same_person(room):
    facts = {"birth": date(1970, 1, 1), "phone": PHONE}
    first = declare(room, **facts).person
    again = register_person(actor="cli", facts={"name": "甲一", **facts}, area=GRID, kind="works")
    assert (again.outcome, again.person) == ("same", first)


def test_another_number_is_another_person_although_all_else_agrees(room):
    facts = {"birth": date(1980, 5, 6), "phone": PHONE}
    one, two = (declare(room, id_no=demo_id(n), **facts).person for n in (3, 5))
    assert one != two


def test_the_same_name_in_the_same_room_is_asked_and_nothing_written(room):
    first = declare(room).person
    asked = declare(room, phone=PHONE)
    assert (asked.outcome, asked.candidates) == ("ask", [first])
    assert Person.objects.count() == 1
    assert Person.objects.get().phone == ""


@pytest.mark.parametrize("answer", ["new", "this"])
def test_the_answer_decides(room, answer):
    first = declare(room).person
    chosen = first if answer == "this" else "new"
    result = register_person(actor="cli", facts={"name": "甲一"}, room=room, answer=chosen)
    assert (result.person == first) is (answer == "this")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": ""}, "no_name"),
        ({"id_no": demo_id(3)[:-1] + ("0" if demo_id(3)[-1] != "0" else "1")}, "id_checksum"),
    ],
)
def test_what_cannot_be_right_is_declined_with_a_code(room, facts, code):
    with pytest.raises(Declined) as declined:
        declare(room, **facts)
    assert declined.value.code == code
    assert not Person.objects.exists()


def test_without_any_place_nobody_is_registered(db, everywhere):
    with pytest.raises(Declined) as declined:
        register_person(actor="cli", facts={"name": "甲一"})
    assert declined.value.code == "no_place"
    assert not Person.objects.exists()


def test_two_at_the_same_time_end_as_one_person(room, monkeypatch):
    first = declare(room, id_no=demo_id(3)).person

    verb = sys.modules["wangge.registry.people.actions.register_person"]
    monkeypatch.setattr(verb, "_holder", lambda known: None)
    again = register_person(actor="cli", facts={"name": "甲一", "id_no": demo_id(3)}, room=room, answer="new")
    assert (again.outcome, again.person) == ("same", first)


def test_the_trail_names_fields_but_no_values(room):
    declare(room, id_no=demo_id(3), phone=PHONE)
    entry = Entry.objects.get(kind="person.registered")
    assert "phone" in entry.changes["fields"]
    assert PHONE not in str(entry.changes)
