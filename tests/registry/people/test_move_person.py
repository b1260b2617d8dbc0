"""A move is a new fact, a correction is a better belief; both leave history answerable."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from wangge.registry.people.actions import (
    begin_tie,
    correct_tie,
    end_tie,
    move_person,
    record_death,
    record_leave,
)  # fmt: skip
from wangge.registry.people.queries import residences_as_of, ties_of
from wangge.registry.people.rules import Declined

BEFORE, DAY, AFTER = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)


def home(person, day, known=None):
    return [tie.room.door for tie in residences_as_of(day, known).filter(person=person)]


def test_after_a_move_each_day_has_its_home(enrol, other_room):
    person = enrol()
    move_person(actor="cli", person=person, on=DAY, room=other_room)
    assert (home(person, BEFORE), home(person, DAY)) == (["101"], ["202"])


def test_what_was_known_before_the_move_stays_answerable(enrol, other_room):
    person = enrol()
    earlier = timezone.now()
    move_person(actor="cli", person=person, on=DAY, room=other_room)
    assert home(person, AFTER, earlier) == ["101"]


def test_a_correction_replaces_the_belief_for_all_days(enrol, other_room):
    person = enrol()
    earlier = timezone.now()
    correct_tie(actor="cli", tie=person.ties.get(), reason="登记错了门牌", room=other_room)
    assert (home(person, BEFORE), home(person, AFTER)) == (["202"], ["202"])
    assert home(person, BEFORE, earlier) == ["101"]
    assert ties_of(person).count() == 1


def test_a_corrected_row_cannot_be_corrected_again(enrol):
    tie = enrol().ties.get()
    correct_tie(actor="cli", tie=tie, reason="日期有误", valid_from=BEFORE)
    with pytest.raises(Declined) as declined:
        correct_tie(actor="cli", tie=tie, reason="日期有误", valid_from=DAY)
    assert declined.value.code == "outdated"


def test_a_correction_needs_a_reason_and_known_fields(enrol):
    tie = enrol().ties.get()
    with pytest.raises(Declined):
        correct_tie(actor="cli", tie=tie, reason="", valid_from=DAY)
    with pytest.raises(TypeError):
        correct_tie(actor="cli", tie=tie, reason="不该这样", person_id=0)


def test_moving_where_one_lives_already_is_declined(enrol, room):
    with pytest.raises(Declined) as declined:
        move_person(actor="cli", person=enrol(), on=DAY, room=room)
    assert declined.value.code == "already_there"


def test_an_end_before_the_beginning_is_declined(enrol, other_room):
    person = enrol()
    tie = move_person(actor="cli", person=person, on=DAY, room=other_room)
    with pytest.raises(Declined):
        end_tie(actor="cli", tie=tie, on=DAY - timedelta(days=1))
    assert end_tie(actor="cli", tie=tie, on=DAY).valid_to == DAY


def test_the_same_tie_begun_twice_is_one(enrol, room):
    person = enrol()
    begin_tie(actor="cli", person=person, kind="lives", room=room)
    assert person.ties.count() == 1
    begin_tie(actor="cli", person=person, kind="owns", room=room)
    assert person.ties.count() == 2


@pytest.mark.parametrize(("verb", "left"), [(record_leave, {"owns", "hukou"}), (record_death, {"owns"})])
def test_leaving_and_dying_end_what_they_end(enrol, room, verb, left):
    person = enrol()
    for kind in ("owns", "hukou", "rents"):
        begin_tie(actor="cli", person=person, kind=kind, room=room, on=BEFORE)
    verb(actor="cli", person=person, on=DAY)
    person.refresh_from_db()
    assert set(person.ties.filter(known_to=None, valid_to=None).values_list("kind", flat=True)) == left
    assert home(person, BEFORE) == ["101"]
    assert person.status == ("left" if verb is record_leave else "dead")
