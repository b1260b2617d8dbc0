"""Somebody at a door whom nobody knew, and somebody who has left."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import a_room, lives
from wangge.foundation.access.rules import Unacceptable
from wangge.registry.people.models import Person, Tie
from wangge.systems.fieldwork.actions.visits import person_found, person_left

pytestmark = pytest.mark.django_db


def test_somebody_new_is_registered_in_the_room():
    room, worker = a_room(), cast.worker()
    done, alike = person_found(
        actor=worker, room=room, facts={"name": "上官新", "sex": "2", "shoe": "40"}, relation="30"
    )
    tie = Tie.objects.get(person=done.person)
    assert (done.outcome, alike, tie.room, tie.relation) == ("new", False, room, "30")
    assert tie.source == 40 and tie.confirmed_at == timezone.localdate()


def test_who_is_surely_known_is_the_same_person():
    known, room = lives(a_room("101")), a_room("102")
    done, _alike = person_found(actor="cli", room=room, facts={"name": known.name, "id_no": known.id_no})
    assert done.outcome == "same" and done.person == known


def test_who_is_like_somebody_is_kept_and_said_so():
    room = a_room()
    lives(room, "上官像")
    done, alike = person_found(actor="cli", room=room, facts={"name": "上官像"})
    assert done.outcome == "new" and alike and Person.objects.filter(name="上官像").count() == 2


@pytest.mark.parametrize("facts", [{}, {"name": "上官错", "id_no": "1"}, {"name": "上官错", "birth": "x"}])
def test_what_cannot_be_right_is_told(facts):
    with pytest.raises(Unacceptable):
        person_found(actor="cli", room=a_room(), facts=facts)
    assert not Person.objects.exists()


def test_who_left_left_once():
    worker, person = cast.worker(), lives(a_room())
    with pytest.raises(Unacceptable, match="不在您"):
        person_left(actor=cast.worker(cast.OTHER_GRID), person=person)
    assert person_left(actor=worker, person=person) is True
    assert Person._base_manager.get(pk=person.pk).status == "left"
    assert person_left(actor="cli", person=person) is False
