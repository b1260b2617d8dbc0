"""Whoever verifies goes by the table of states, the clock of the profile, and leaves a trail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.declarations.verify_cast import a_declaration, a_room, hours_ago, limit
from wangge.foundation.journal.models import Entry
from wangge.registry.people.rules import Declined
from wangge.systems.declarations.actions.transfer import transfer_declaration
from wangge.systems.declarations.actions.verify import (
    mark_not_found,
    mark_wrong,
    note_call,
    note_nobody_home,
    take_over,
    verify_declaration,
    verify_many,
)
from wangge.systems.declarations.actions.verify_undo import undo_decision
from wangge.systems.declarations.enums import Clock, State, Verb
from wangge.systems.declarations.models import Decision
from wangge.systems.declarations.rules.states import LEADS, leads_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_verified_within_the_limit_is_in_time():
    row = a_declaration()
    verify_declaration(actor=cast.worker(), declaration=row)
    row.refresh_from_db()
    assert (row.state, row.on_time, row.decided_by[:4]) == (State.VERIFIED, True, "cast")
    entry = Entry.objects.get(kind="declaration.decided")
    assert entry.changes["state"] == ["to_verify", "verified"] and "令狐" not in str(entry.changes)


def test_verified_after_the_limit_is_late():
    row = a_declaration(received_at=hours_ago(13))
    verify_declaration(actor="cli", declaration=row)
    row.refresh_from_db()
    assert row.on_time is False


def test_a_declaration_keeps_the_limit_of_the_day_it_came():
    came = timezone.now() - timedelta(days=3)
    limit("verify_hours", 96)
    limit("verify_hours", 1, since=timezone.localdate())
    row = a_declaration(received_at=came)
    verify_declaration(actor="cli", declaration=row)
    row.refresh_from_db()
    assert row.on_time is True


def test_wrong_says_which_field():
    row = a_declaration()
    made = mark_wrong(
        actor="cli", declaration=row, fields=["stay_address", "nonsense"], note="电话10012345678"
    )
    assert (made.fields, made.after_state) == (["stay_address"], State.WRONG)
    assert "10012345678" not in made.note
    with pytest.raises(Declined, match="哪一项"):
        mark_wrong(actor="cli", declaration=a_declaration(), fields=[])


def test_a_refused_step_says_where_it_stands_and_what_to_do():
    row = a_declaration()
    mark_not_found(actor="cli", declaration=row)
    verify_declaration(actor="cli", declaration=row)  # she was found after all
    with pytest.raises(Declined, match=r"已核实.*不能.*查无此人.*撤销"):
        mark_not_found(actor="cli", declaration=row)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", list(Verb))
def test_every_step_not_in_the_table_is_refused_in_words(state, verb):
    if verb in LEADS[state]:
        assert leads_to(state, verb) in State.values
    else:
        with pytest.raises(Declined, match="不能"):
            leads_to(state, verb)


def test_archived_leads_nowhere_and_every_state_is_in_the_table():
    assert set(LEADS) == set(State.values) and LEADS[State.ARCHIVED] == {}


def test_calls_are_counted_and_a_visit_is_kept():
    row = a_declaration()
    for answered in ("none", "none", "wrong"):
        note_call(actor="cli", declaration=row, answered=answered)
    note_nobody_home(actor="cli", declaration=row)
    row.refresh_from_db()
    assert (row.calls, row.state) == (3, State.TO_VERIFY)
    assert list(Decision.objects.order_by("pk").values_list("answered", flat=True)) == [
        "none",
        "none",
        "wrong",
        "",
    ]
    with pytest.raises(Declined, match="接通"):
        note_call(actor="cli", declaration=row, answered="")


def test_a_transfer_moves_it_with_a_clock_of_its_own():
    row = a_declaration()
    transfer_declaration(actor="cli", declaration=row, to_area=cast.OTHER_COMMUNITY)
    row.refresh_from_db()
    assert (row.area_code, row.from_area, row.state) == (
        cast.OTHER_COMMUNITY,
        cast.COMMUNITY,
        State.TRANSFERRED,
    )
    assert row.clock == Clock.TRANSFER and row.verify_by - timezone.now() < timedelta(hours=2)
    take_over(actor="cli", declaration=row)
    row.refresh_from_db()
    assert row.clock == Clock.VERIFY and row.verify_by - timezone.now() > timedelta(hours=11)


@pytest.mark.parametrize("to", ["", cast.COMMUNITY, cast.TOWN, "440703009009"])
def test_a_transfer_needs_another_community(to):
    with pytest.raises(Declined):
        transfer_declaration(actor="cli", declaration=a_declaration(), to_area=to)


def test_a_family_is_verified_at_once_and_strangers_are_not():
    room = a_room()
    family = [a_declaration(room=room) for _each in range(3)]
    assert len(verify_many(actor="cli", declarations=family)) == 3
    with pytest.raises(Declined, match="同一地址"):
        verify_many(actor="cli", declarations=[a_declaration(room=room), a_declaration(room=a_room("102"))])
    with pytest.raises(Declined, match="勾选"):
        verify_many(actor="cli", declarations=[])


def test_of_several_none_is_verified_when_one_cannot_be():
    room = a_room()
    one, over = a_declaration(room=room), a_declaration(room=room, state=State.WITHDRAWN)
    with pytest.raises(Declined, match="撤回"):
        verify_many(actor="cli", declarations=[one, over])
    one.refresh_from_db()
    assert one.state == State.TO_VERIFY


def test_the_last_decision_is_taken_back_whole():
    row = a_declaration()
    before = {name: getattr(row, name) for name in ("state", "state_at", "verify_by", "clock", "on_time")}
    made = verify_declaration(actor="cli", declaration=row)
    undo_decision(actor="cli", decision=made)
    undo_decision(actor="cli", decision=made)  # twice is once
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in before} == before
    assert Entry.objects.filter(kind="declaration.reopened").count() == 1


def test_a_transfer_is_taken_back_but_not_after_the_others_acted():
    row = a_declaration()
    made = transfer_declaration(actor="cli", declaration=row, to_area=cast.OTHER_COMMUNITY)
    undo_decision(actor="cli", decision=made)
    row.refresh_from_db()
    assert (row.area_code, row.from_area) == (cast.COMMUNITY, "")
    again = transfer_declaration(actor="cli", declaration=row, to_area=cast.OTHER_COMMUNITY)
    verify_declaration(actor="other", declaration=row)
    with pytest.raises(Declined, match="之后"):
        undo_decision(actor="cli", decision=again)


def test_limits_have_dates():
    from wangge.systems.declarations.queries.profile import profile_on, versions

    limit("verify_hours", 24)
    limit("verify_hours", 6, since=date(2026, 3, 1))
    assert profile_on(date(2026, 2, 28)).verify_hours == 24
    assert profile_on(date(2026, 3, 1)).verify_hours == 6
    assert [each.profile.verify_hours for each in versions()] == [24, 6]
    assert versions()[0].ends == versions()[1].begins


def test_of_two_who_decide_at_once_the_second_is_told_what_the_first_said():
    row = a_declaration()
    seen = type(row)._base_manager.get(pk=row.pk)  # both have the page open
    mark_not_found(actor="one", declaration=row)
    with pytest.raises(Declined, match="查无此人"):
        mark_not_found(actor="other", declaration=seen)
    assert Decision.objects.count() == 1
