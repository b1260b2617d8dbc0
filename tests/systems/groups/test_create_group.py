"""A group begins: by a proved phone at once, otherwise as a draft its creator puts into use."""

import pytest

from tests.cast import COMMUNITY
from tests.systems.groups.groups_cast import BOSS, creator, firm, fresh, group, joined, work
from wangge.foundation.journal.models import Entry
from wangge.registry.people.models import Tie
from wangge.systems.groups import actions
from wangge.systems.groups.enums import TRANSITIONS, GroupState
from wangge.systems.groups.models import Group, Member
from wangge.systems.groups.rules import Declined


def test_a_proved_phone_puts_it_into_use_at_once():
    made = group()
    assert made.state == GroupState.ACTIVE
    assert creator(made).seat == 1
    assert [entry.kind for entry in Entry.objects.order_by("pk")] == ["group.created", "group.activated"]


def test_without_a_proof_it_is_a_draft_that_nobody_can_join():
    made = group(proved=False)
    assert made.state == GroupState.DRAFT
    with pytest.raises(Declined, match="待管理员启用"):
        actions.issue_invitation(actor="test", group=made)


def test_the_creator_puts_a_draft_into_use_and_consents_by_it():
    made = group(proved=False)
    actions.activate(member=creator(made))
    assert Group.objects.get().state == GroupState.ACTIVE
    assert creator(made).consented_at
    with pytest.raises(Declined):
        actions.activate(member=creator(made))


def test_a_visitor_is_named_in_the_trail_by_the_membership_alone():
    facts = {"name": "示例店", "type": "shop", "area_code": COMMUNITY, "address": "示例路2号"}
    made = actions.create_group(actor="visitor", facts=facts, founder=actions.Founder("郑管", BOSS, True))
    line = Entry.objects.get(kind="group.created")
    assert line.actor == f"groups.member:{creator(made).pk}"
    assert BOSS not in str(Entry.objects.values_list("changes", "data", "reason", "actor"))


def test_phones_lie_sealed():
    group()
    assert BOSS not in str(Member.objects.values_list().get())
    assert Member.objects.get().phone == BOSS


def test_linking_the_organisation_makes_staff_of_those_who_joined_before():
    made = group()
    member = joined(made, 1)
    work()
    assert fresh(member).person is None
    actions.link_organisation(actor="test", group=made, organisation=firm())
    work()
    assert fresh(member).person is not None
    assert Tie.objects.filter(kind="works", organisation=made.organisation).count() == 2  # and the creator


def test_another_organisation_is_not_linked_afterwards():
    made = group(organisation=firm())
    with pytest.raises(Declined, match="另一家单位"):
        actions.link_organisation(actor="test", group=made, organisation=firm(name="别家"))


def test_every_state_is_in_the_table_and_the_last_has_no_way_on():
    assert set(TRANSITIONS) == set(GroupState.values)
    assert TRANSITIONS[GroupState.DISSOLVED] == frozenset()
    assert set().union(*TRANSITIONS.values()) == set(GroupState.values) - {GroupState.DRAFT}
