"""Organisations are registered once, changed by trust, moved with their staff, closed and reopened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.registry.people.people_cast import COMMUNITY, GRID, PHONE
from wangge.foundation.access.models import Reading
from wangge.foundation.journal.models import Entry
from wangge.lib.identifiers import make_demo_uscc
from wangge.registry.people.actions import (
    begin_tie,
    close_organisation,
    find_or_register_organisation,
    move_organisation,
    register_organisation,
    reopen_organisation,
    update_organisation,
)
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Organisation, Tie
from wangge.registry.people.rules import Declined

USCC = make_demo_uscc("999703", 1)
GIVEN = {"name": "虚构商行", "area": COMMUNITY, "source": 40, "on": "2026-01-05"}
pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture
def firm(room) -> Organisation:
    return register_organisation(
        actor="cli",
        area=GRID,
        room=room,
        facts={"name": "虚构商行", "uscc": USCC, "phone": PHONE},
        on=date(2026, 1, 5),
    )


@pytest.fixture
def employee(enrol, firm) -> Tie:
    return begin_tie(actor="cli", person=enrol(), kind="works", organisation=firm, on=date(2026, 2, 1))


@pytest.fixture
def desk(ground, logged_in):
    return logged_in(cast.secretary())


def last(kind: str) -> Entry:
    return Entry._base_manager.filter(kind=kind).latest("pk")


def test_it_stands_where_its_room_stands_and_its_phone_is_sealed(firm, room):
    assert (firm.area_code, firm.community, firm.room) == (room.area_code, COMMUNITY, room)
    assert PHONE not in firm.phone_sealed and firm.phone == PHONE
    assert (firm.source, firm.confirmed_at) == (Source.VISIT, date(2026, 1, 5))
    assert PHONE not in str(last("organisation.registered").changes)


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"name": "另一家", "uscc": USCC}, "code_taken"), ({"name": ""}, "no_name"), ({}, "no_name")],
)
def test_what_is_registered_already_or_has_no_name_is_declined(firm, facts, code):
    with pytest.raises(Declined) as why:
        register_organisation(actor="cli", area=GRID, facts=facts)
    assert why.value.code == code and Organisation.objects.count() == 1


def test_without_a_code_a_name_stands_once_in_a_community():
    register_organisation(actor="cli", area=GRID, facts={"name": "小店"})
    with pytest.raises(Declined, match="同名"):
        register_organisation(actor="cli", area=COMMUNITY, facts={"name": "小店"})
    register_organisation(actor="cli", area="440703002002", facts={"name": "小店"})


@pytest.mark.parametrize("source", [Source.VISIT, Source.CERTIFICATE])
def test_an_equal_or_better_source_overwrites(firm, source):
    changed = update_organisation(
        actor="cli", organisation=firm, facts={"name": "虚构商行", "legal_person": "甲乙"}, source=source
    )
    firm.refresh_from_db()
    assert (changed, firm.legal_person, firm.source) == (["legal_person"], "甲乙", source)
    assert "甲乙" not in str(last("organisation.updated").changes)


def test_a_lesser_source_fills_what_is_empty_and_changes_nothing_else(firm):
    update_organisation(actor="cli", organisation=firm, facts={"scope": "零售"}, source=Source.IMPORT)
    with pytest.raises(Declined) as why:
        update_organisation(actor="cli", organisation=firm, facts={"name": "新名"}, source=Source.IMPORT)
    firm.refresh_from_db()
    assert (why.value.code, firm.name, firm.scope, firm.source) == ("less_trusted", "虚构商行", "零售", 40)


def test_saving_without_a_change_confirms(firm):
    assert update_organisation(actor="cli", organisation=firm, facts={"name": firm.name}) == []
    firm.refresh_from_db()
    assert firm.confirmed_at == timezone.localdate()
    assert last("organisation.confirmed").subject_id == str(firm.pk)


def test_it_moves_and_its_staff_works_there_from_that_day(firm, employee):
    day = date(2026, 6, 1)
    assert move_organisation(actor="cli", organisation=firm, area=COMMUNITY + "002", on=day)
    firm.refresh_from_db()
    ties = Tie._base_manager.filter(organisation=firm, known_to=None).order_by("valid_from")
    assert [(tie.area_code, tie.valid_from, tie.valid_to) for tie in ties] == [
        (GRID, date(2026, 2, 1), day),
        (COMMUNITY + "002", day, None),
    ]
    assert (firm.area_code, firm.room) == (COMMUNITY + "002", None)
    assert not move_organisation(actor="cli", organisation=firm, area=COMMUNITY + "002", on=day)


def test_closing_asks_before_it_ends_work_and_can_be_taken_back(firm, employee):
    with pytest.raises(Declined) as why:
        close_organisation(actor="cli", organisation=firm, on=date(2026, 6, 1), reason="执照注销")
    assert why.value.code == "has_staff"
    ended = close_organisation(
        actor="cli", organisation=firm, on=date(2026, 6, 1), reason="执照注销", end_staff=True
    )
    tie = Tie._base_manager.get(organisation=firm, known_to=None)
    firm.refresh_from_db()
    assert (ended, tie.valid_to, firm.closed_on, firm.status) == (
        1,
        date(2026, 6, 1),
        date(2026, 6, 1),
        "closed",
    )
    reopen_organisation(actor="cli", organisation=firm, reason="弄错了")
    firm.refresh_from_db()
    assert (firm.closed_on, firm.status) == (None, "open")


def test_work_that_began_after_the_closing_ends_on_its_first_day(firm, employee):
    close_organisation(actor="cli", organisation=firm, on=date(2026, 1, 1), reason="早已关门", end_staff=True)
    tie = Tie._base_manager.get(organisation=firm, known_to=None)
    assert tie.valid_from == tie.valid_to == date(2026, 2, 1)


def test_a_closed_one_is_not_changed_moved_or_closed_again(firm):
    close_organisation(actor="cli", organisation=firm, on=date(2026, 6, 1), reason="执照注销")
    for act in (
        lambda: update_organisation(actor="cli", organisation=firm, facts={"name": "新名"}),
        lambda: move_organisation(actor="cli", organisation=firm, area=COMMUNITY),
        lambda: close_organisation(actor="cli", organisation=firm, on=date(2026, 6, 1), reason="再来"),
    ):
        with pytest.raises(Declined) as why:
            act()
        assert why.value.code == "closed"


def test_one_that_is_open_cannot_be_reopened(firm):
    with pytest.raises(Declined):
        reopen_organisation(actor="cli", organisation=firm)


class TestPages:
    def test_the_form_registers_into_the_room_of_the_address(self, desk):
        given = GIVEN | {
            "address": "虚构花园3栋2单元501",
            "uscc": USCC.lower(),
            "phone": PHONE,
            "industry": "F5211",
        }
        answer = desk.post(reverse("people:register_organisation"), given)
        made = Organisation._base_manager.get()
        assert answer.headers["Location"] == reverse("people:organisation", args=[made.pk])
        assert (made.uscc, made.phone, made.room.door, made.confirmed_at) == (
            USCC,
            PHONE,
            "501",
            date(2026, 1, 5),
        )

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("uscc", USCC[:-1] + ("A" if USCC[-1] != "A" else "B"), "校验位"),
            ("uscc", "123", "18 位"),
            ("phone", "123", "位数"),
            ("industry", "52", "GB/T 4754"),
            ("staff_number", "-1", "0"),
            ("on", (date.today() + timedelta(days=9)).isoformat(), "不能晚于今天"),
            ("name", "", "必填"),
            ("area", cast.OTHER_COMMUNITY, "alert"),
            ("source", "60", "alert"),
        ],
    )
    def test_a_wrong_value_is_told_at_its_field_and_nothing_is_written(self, desk, field, value, says):
        page = desk.post(reverse("people:register_organisation"), GIVEN | {field: value}).content.decode()
        assert says in page and "invalid-feedback" in page
        assert field == "name" or "虚构商行" in page  # what was typed stays
        assert not Organisation._base_manager.exists()

    def test_a_taken_code_is_told_and_what_was_typed_stays(self, desk, firm):
        page = desk.post(reverse("people:register_organisation"), GIVEN | {"name": "另一家", "uscc": USCC})
        assert "已经登记过" in page.content.decode() and "另一家" in page.content.decode()

    def test_a_grid_worker_sees_what_it_registered(self, ground, logged_in):
        given = GIVEN | {"area": GRID}
        answer = logged_in(cast.worker()).post(reverse("people:register_organisation"), given, follow=True)
        assert answer.status_code == 200 and "虚构商行" in answer.content.decode()

    def test_editing_keeps_the_phone_unless_another_is_typed(self, desk, firm):
        address = reverse("people:edit_organisation", args=[firm.pk])
        shown = desk.get(address).content.decode()
        assert PHONE not in shown and USCC in shown
        given = GIVEN | {"uscc": USCC, "scope": "零售"}
        assert desk.post(address, given).status_code == 302
        firm.refresh_from_db()
        assert (firm.scope, firm.phone, firm.room_id) == ("零售", PHONE, firm.room_id)

    def test_editing_the_address_moves_it(self, desk, firm, employee):
        address = reverse("people:edit_organisation", args=[firm.pk])
        given = GIVEN | {"uscc": USCC, "address": "虚构花园8栋101", "on": "2026-06-01"}
        assert desk.post(address, given).status_code == 302
        firm.refresh_from_db()
        assert firm.room.door == "101" and last("organisation.moved").subject_id == str(firm.pk)

    def test_the_phone_is_masked_and_shown_in_full_only_for_a_reason(self, desk, firm):
        assert PHONE not in desk.get(reverse("people:organisation", args=[firm.pk])).content.decode()
        address = reverse("people:reveal_phone", args=[firm.pk])
        assert desk.post(address, {"reason": ""}).status_code == 422
        assert PHONE in desk.post(address, {"reason": "通知停水"}).content.decode()
        assert Reading._base_manager.get(what="reveal").subject_type == "people.organisation"
        assert last("organisation.revealed").changes == {"field": "phone"}

    def test_closing_and_reopening(self, desk, firm):
        address = reverse("people:close_organisation", args=[firm.pk])
        desk.post(address, {"on": "2026-06-01", "reason": ""})
        firm.refresh_from_db()
        assert firm.closed_on is None
        desk.post(address, {"on": "2026-06-01", "reason": "执照注销"})
        assert "虚构商行" not in desk.get(reverse("people:organisations")).content.decode()
        assert "虚构商行" in desk.get(reverse("people:organisations"), {"state": "closed"}).content.decode()
        page = desk.get(reverse("people:organisation", args=[firm.pk])).content.decode()
        assert (
            "2026-06-01 起已注销" in page and reverse("people:edit_organisation", args=[firm.pk]) not in page
        )
        desk.post(reverse("people:reopen_organisation", args=[firm.pk]), {"reason": "弄错了"})
        firm.refresh_from_db()
        assert firm.closed_on is None

    def test_who_may_only_look_gets_no_button_and_no_form(self, ground, logged_in, firm):
        reader = logged_in(cast.person_with(("department", cast.TOWN)))
        page = reader.get(reverse("people:organisation", args=[firm.pk])).content.decode()
        assert reverse("people:edit_organisation", args=[firm.pk]) not in page and 'id="reveal"' not in page
        assert reader.get(reverse("people:edit_organisation", args=[firm.pk])).status_code == 403


def test_an_import_finds_what_was_typed(firm):
    found = find_or_register_organisation(actor="cli", community=COMMUNITY, name="写法不同", uscc=USCC)
    assert found == firm
