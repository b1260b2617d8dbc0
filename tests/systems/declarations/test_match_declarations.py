"""After the receipt: who it is, where it is, and the clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import COMMUNITY, GRID
from tests.systems.declarations.intake import BORN, PHONE, a_code, a_payload, id_number, somebody
from wangge.foundation.journal.models import Entry
from wangge.lib.addresses import parse
from wangge.registry.people.actions import find_or_register_room, register_person
from wangge.registry.people.models import Person, Room
from wangge.systems.declarations.actions.matching import match_batch, match_waiting
from wangge.systems.declarations.actions.submit import Client, submit
from wangge.systems.declarations.models import Declaration

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
CLIENT = Client()


@pytest.fixture
def room() -> Room:
    return a_room("虚构花园1栋101")


def a_room(address: str) -> Room:
    room = find_or_register_room(actor="cli", community=COMMUNITY, address=parse(address), area=GRID)
    assert room is not None
    return room


def registered(room: Room, **facts: Any) -> Person:
    given = {"name": "林晓月", "id_no": id_number(), "phone": PHONE} | facts
    person = register_person(actor="cli", facts=given, room=room, answer="new").person
    assert person is not None
    return person


def matched(**facts: Any) -> Declaration:
    submit(a_payload(**facts), channel="scan", client=CLIENT)
    match_waiting()
    return Declaration.objects.order_by("-pk")[0]


def test_the_number_finds_the_person_and_the_address_the_room(room: Room) -> None:
    person = registered(room)
    row = matched()
    assert (row.matched, row.person, row.room, row.address_says) == ("found", person, room, "same")
    assert row.area_code == GRID  # the address named the community, the room its grid


def test_the_clock_runs_from_when_it_came(room: Room) -> None:
    row = matched()
    assert (row.state, row.clock, row.verify_by) == (
        "to_verify", "verify", row.received_at + timedelta(hours=12),
    )  # fmt: skip


def test_another_room_than_the_registered_one_is_a_change_to_confirm(room: Room) -> None:
    registered(a_room("虚构花园2栋202"))
    assert matched().address_says == "differs"


def test_a_door_that_is_not_registered_says_so(room: Room) -> None:
    registered(room)
    row = matched(stay={"address": "甲一社区虚构花园9栋909"})
    assert (row.address_says, row.room) == ("no_room", None)


def test_leaving_changes_no_address(room: Room) -> None:
    registered(a_room("虚构花园2栋202"))
    row = matched(kind="leaving", trip={"depart_at": timezone.now().isoformat()})
    assert row.address_says == "unknown"


def test_without_a_number_the_evidence_decides(room: Room) -> None:
    person = registered(room, birth=BORN, sex="1")
    row = matched(people=[somebody(id_no="", birth=BORN.isoformat())])
    assert (row.matched, row.person) == ("found", person)


def test_a_doubt_is_asked(room: Room) -> None:
    registered(room, id_no="", phone="10000009999", birth=date(1950, 1, 2))
    row = matched(
        people=[somebody(3, name="别人"), somebody(id_no="", phone="")]
    )  # a namesake, or she herself
    assert row.matched == "ask"


def test_another_number_is_somebody_new(room: Room) -> None:
    registered(room, id_no=id_number(7))
    row = matched()
    assert (row.matched, row.person) == ("new", None)


def test_whoever_was_merged_is_found_as_who_stayed(room: Room) -> None:
    stays, gone = registered(room, id_no="", name="林晓月二"), registered(room)
    Person.objects.filter(pk=gone.pk).update(status="merged", merged_into=stays)
    assert matched().person_id == stays.pk


def test_the_rented_room_is_the_address_where_none_was_written(room: Room) -> None:
    person = registered(room)
    row = matched(code=a_code(scope="rental", room=room).number, stay={})
    assert (row.room, row.person, row.address_says) == (room, person, "same")


def test_a_withdrawn_declaration_is_matched_and_stays_withdrawn(room: Room) -> None:
    submit(a_payload(), channel="scan", client=CLIENT)
    Declaration.objects.update(state="withdrawn")
    match_waiting()
    row = Declaration.objects.get()
    assert (row.state, row.matched, row.verify_by) == ("withdrawn", "new", None)


def test_each_row_has_its_line_in_the_trail(room: Room) -> None:
    matched(people=[somebody(1), somebody(2, name="林小雨")])
    lines = Entry.objects.filter(kind="declaration.matched")
    assert lines.count() == 2
    assert lines[0].area_code == GRID
    assert lines[0].changes["matched"] == ["waiting", "new"]


def test_a_value_that_does_not_open_holds_up_no_other(room: Room) -> None:
    registered(room)
    submit(a_payload(people=[somebody(5, name="别人")]), channel="scan", client=CLIENT)
    Declaration.objects.update(id_sealed="v9.a.AAAA")
    assert matched().matched == "found"
    assert not Declaration.objects.filter(matched="waiting").exists()


@pytest.mark.parametrize("several", [1, 9])
def test_the_number_of_queries_does_not_grow(room: Room, several: int) -> None:
    registered(room, birth=BORN)
    for serial in range(several):
        one = somebody(serial + 20, name=f"林晓{'甲乙丙丁戊己庚辛壬'[serial]}")
        submit(a_payload(people=[one, somebody(id_no="", birth="1990-05-06")]), channel="scan", client=CLIENT)
    with CaptureQueriesContext(connection) as asked:
        assert match_batch() == 2 * several
    told = [
        query["sql"] for query in asked if "UPDATE" not in query["sql"] and "SAVEPOINT" not in query["sql"]
    ]
    assert len(told) <= 18
