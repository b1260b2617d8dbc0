"""An address that differs goes into the register when a verifier accepts it, and back out by one key."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.registry.register_state import state_of_register
from tests.systems.declarations.verify_cast import PHONE, a_declaration, a_room, an_id, known, somebody
from wangge.foundation.journal.models import Entry
from wangge.registry.people.enums import Source, TieKind
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.rules import Declined
from wangge.systems.declarations.actions.transfer import transfer_declaration
from wangge.systems.declarations.actions.verify import verify_declaration
from wangge.systems.declarations.actions.verify_address import accept_address, keep_address
from wangge.systems.declarations.actions.verify_undo import undo_decision
from wangge.systems.declarations.enums import AddressSays, Kind, Matched, ReportedBy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def homes(person: Person) -> list[str]:
    held = Tie.objects.filter(person=person, kind=TieKind.LIVES, known_to=None, valid_to=None)
    return sorted(held.values_list("room__key", flat=True))


def test_who_comes_moves_and_the_register_says_who_said_so():
    person = somebody(room=a_room("101"))
    row = known(person, room=a_room("202"), address_says=AddressSays.DIFFERS)
    accept_address(actor=cast.worker(), declaration=row)
    assert homes(person) == ["202"]
    tie = Tie.objects.get(person=person, room__key="202", known_to=None)
    assert (tie.source, tie.valid_from) == (Source.SELF, timezone.localdate(row.arrive_at))
    row.refresh_from_db()
    assert row.address_says == AddressSays.CONFIRMED
    entry = Entry.objects.get(kind="declaration.address_taken")
    assert "欧阳" not in str(entry.changes)


def test_a_guest_keeps_the_home_and_stays_until_the_day_declared():
    person = somebody(room=a_room("101"))
    until = timezone.localdate()
    row = known(
        person, room=a_room("202"), kind=Kind.STAYING, stay_until=until, reported_by=ReportedBy.WORKER
    )
    accept_address(actor="cli", declaration=row)
    assert homes(person) == ["101", "202"]
    tie = Tie.objects.get(person=person, room__key="202")
    assert (tie.planned_until, tie.source) == (until, Source.VISIT)


def test_somebody_new_is_registered_with_what_was_declared():
    row = a_declaration(id_no=an_id(21), phone=PHONE, room=a_room("303"))
    accept_address(actor="cli", declaration=row)
    row.refresh_from_db()
    assert row.person is not None and row.matched == Matched.FOUND
    assert (row.person.id_no, row.person.phone, homes(row.person)) == (an_id(21), PHONE, ["303"])


def test_a_room_not_registered_yet_is_made_from_the_words():
    row = a_declaration(id_no=an_id(23), stay_address="虚构花园9栋1单元808")
    accept_address(actor="cli", declaration=row)
    row.refresh_from_db()
    assert row.room is not None and row.room.door == "808"


def test_who_may_be_somebody_is_asked_and_nothing_is_written():
    room = a_room("404")
    held = somebody("慕容疑", room=room)
    row = a_declaration("慕容疑", room=room)
    done = accept_address(actor="cli", declaration=row)
    assert (done.decision, [each.pk for each in done.candidates]) == (None, [held.pk])
    assert Person.objects.count() == 1
    accept_address(actor="cli", declaration=row, answer=held)
    row.refresh_from_db()
    assert row.person_id == held.pk and Person.objects.count() == 1


def test_none_of_them_is_somebody_new():
    room = a_room("404")
    somebody("慕容疑", room=room)
    accept_address(actor="cli", declaration=a_declaration("慕容疑", room=room), answer="new")
    assert Person.objects.count() == 2


def test_the_same_number_is_the_same_person_though_matching_has_not_run():
    person = somebody("欧阳试", room=a_room("101"), id_no=an_id(25))
    row = a_declaration("欧阳试", id_no=an_id(25), room=a_room("202"))
    accept_address(actor="cli", declaration=row)
    assert Person.objects.count() == 1 and homes(person) == ["202"]


@pytest.mark.parametrize("new", [True, False])
def test_undoing_leaves_the_register_as_it_was(new):
    person = somebody(room=a_room("101"), id_no=an_id(27))
    row = a_declaration(id_no=an_id(29), room=a_room("202")) if new else known(person, room=a_room("202"))
    before = state_of_register()
    done = accept_address(actor="cli", declaration=row)
    assert state_of_register() != before
    undo_decision(actor="cli", decision=done.decision)
    assert state_of_register() == before
    row.refresh_from_db()
    assert (row.address_says, row.person_id) == (AddressSays.UNKNOWN, None if new else person.pk)


def test_what_changed_since_is_not_torn_out():
    person = somebody(room=a_room("101"))
    row = known(person, room=a_room("202"))
    done = accept_address(actor="cli", declaration=row)
    accept_address(actor="cli", declaration=known(person, room=a_room("303")))
    with pytest.raises(Declined, match="变动"):
        undo_decision(actor="cli", decision=done.decision)


def test_the_address_is_taken_once_and_leaving_is_no_address():
    row = known(somebody(room=a_room("101")), room=a_room("202"))
    accept_address(actor="cli", declaration=row)
    with pytest.raises(Declined, match="已写入"):
        accept_address(actor="cli", declaration=row)
    with pytest.raises(Declined, match="离江"):
        accept_address(actor="cli", declaration=a_declaration(kind=Kind.LEAVING))


def test_the_register_is_right_and_stays():
    person = somebody(room=a_room("101"))
    row = known(person, room=a_room("202"), address_says=AddressSays.DIFFERS)
    verify_declaration(actor="cli", declaration=row)
    keep_address(actor="cli", declaration=row)
    row.refresh_from_db()
    assert (row.address_says, row.state, homes(person)) == (AddressSays.KEPT, "verified", ["101"])


def test_taking_the_address_of_one_passed_to_us_takes_it_over():
    row = a_declaration(id_no=an_id(33), room=a_room("505"))
    transfer_declaration(actor="cli", declaration=row, to_area=cast.OTHER_COMMUNITY)
    accept_address(actor="cli", declaration=row)
    row.refresh_from_db()
    assert (row.state, row.clock) == ("to_verify", "verify")
    assert row.verify_by is not None and (row.verify_by - timezone.now()).total_seconds() > 11 * 3600


def test_a_family_moves_in_together_and_back_out_together(logged_in):
    room, report = a_room("606"), uuid4()
    held = somebody("慕容疑", room=room)
    mother = known(somebody("欧阳母", room=a_room("101")), room=room, report=report)
    child = a_declaration("欧阳子", id_no=an_id(35), room=room, report=report, line=1)
    unsure = a_declaration("慕容疑", room=room, report=report, line=2)
    before = state_of_register()
    desk = logged_in(cast.secretary())
    shown = desk.post(f"/console/declarations/{mother.pk}/address/", {"family": "1"}, follow=True)
    assert "2 人的住址已写入" in shown.content.decode() and "还有 1 人要先选" in shown.content.decode()
    child.refresh_from_db()
    assert homes(mother.person) == ["606"] and child.person is not None and homes(child.person) == ["606"]
    unsure.refresh_from_db()
    assert unsure.address_says == AddressSays.UNKNOWN and homes(held) == ["606"]
    desk.post("/console/declarations/undo/")
    after = state_of_register()
    assert without_decisions(after) == without_decisions(before)


def without_decisions(state):
    return {label: rows for label, rows in state.items() if "Decision" not in label}
