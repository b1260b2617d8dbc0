"""Dissolving: by the creator, after a notice, carried out after a time, erased after its retention."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.systems.groups.groups_cast import BOSS, creator, firm, fresh, group, joined, phone, work
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.models import Setting
from wangge.gateways.sms.outbox import folder
from wangge.registry.people.models import Tie
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group, Invitation, Member, Reconciliation
from wangge.systems.groups.rules import Declined


def due(made: Group) -> None:
    """The time between request and carrying out is over."""
    Group.objects.filter(pk=made.pk).update(dissolve_at=timezone.now() - timedelta(seconds=1))


def test_only_the_creator_and_only_after_the_notice():
    made = group()
    admin = joined(made, 1)
    actions.make_admin(creator=creator(made), member=admin)
    with pytest.raises(Declined) as why:
        actions.request_dissolution(creator=fresh(admin), risk_read=True)
    assert why.value.code == "not_creator"
    with pytest.raises(Declined) as why:
        actions.request_dissolution(creator=creator(made), risk_read=False)
    assert why.value.code == "risk"


def test_members_are_told_and_invitations_end():
    made = group()
    joined(made, 1)
    actions.request_dissolution(creator=creator(made), risk_read=True)
    work()
    sent = next(folder().glob("*.jsonl")).read_text("utf-8")
    assert phone(1) in sent
    assert BOSS in sent
    assert not Invitation.objects.filter(revoked_at=None).exists()


def test_it_is_taken_back_before_it_is_carried_out():
    made = group()
    actions.request_dissolution(creator=creator(made), risk_read=True)
    actions.withdraw_dissolution(creator=creator(made))
    assert Group.objects.get().state == "active"
    assert actions.carry_out_due() == 0


def test_it_is_carried_out_when_its_time_is_over_and_not_before():
    made = group(organisation=firm())
    member = joined(made, 1)
    work()
    actions.request_dissolution(creator=creator(made), risk_read=True)
    assert actions.carry_out_due() == 0
    due(made)
    assert actions.carry_out_due() == 1
    made.refresh_from_db()
    assert (made.state, made.erase_on) == ("dissolved", timezone.localdate() + timedelta(days=30))
    assert {one.state for one in made.members.all()} == {"left"}
    assert Tie.objects.get(person=fresh(member).person, known_to=None).valid_to is not None
    assert actions.carry_out_due() == 0


def test_after_its_retention_nobody_is_left_in_it():
    Setting.objects.create(key="group.kept_days", value=0)
    made = group()
    joined(made, 1)
    Reconciliation.objects.create(group=made, made_by="test", listed=1)
    actions.request_dissolution(creator=creator(made), risk_read=True)
    due(made)
    actions.carry_out_due()
    assert actions.erase_due() == 2
    assert (Member.objects.count(), Invitation.objects.count(), Reconciliation.objects.count()) == (0, 0, 0)
    assert Entry.objects.get(kind="group.erased").data == {"members": 2}
    assert Group.objects.get().erased_at
    assert actions.erase_due() == 0


def test_before_its_retention_is_over_nothing_is_erased():
    made = group()
    actions.request_dissolution(creator=creator(made), risk_read=True)
    due(made)
    actions.carry_out_due()
    assert actions.erase_due() == 0
    assert Member.objects.count() == 1


def test_who_left_a_living_group_long_ago_is_forgotten():
    made = group()
    gone, here = joined(made, 1), joined(made, 2)
    actions.remove_member(actor="test", member=gone, reason="离职")
    assert actions.erase_due() == 0
    Member.objects.filter(pk=gone.pk).update(ended_at=timezone.now() - timedelta(days=31))
    assert actions.erase_due() == 1
    assert set(made.members.values_list("pk", flat=True)) == {creator(made).pk, here.pk}


def test_a_draft_that_nobody_puts_into_use_ends_and_is_erased():
    made, kept = group(proved=False), group(proved=False, boss=phone(9), name="新的")
    Group.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=31))
    assert actions.carry_out_due() == 1
    Group.objects.filter(pk=made.pk).update(erase_on=timezone.localdate())
    assert actions.erase_due() == 1
    assert {one.pk: one.state for one in Group.objects.all()} == {made.pk: "dissolved", kept.pk: "draft"}
    assert made.members.count() == 0
