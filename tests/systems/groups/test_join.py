"""Joining: by one's own consent, by an invitation that holds, once, and into the register."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.systems.groups.groups_cast import creator, firm, fresh, group, id_no, joined, newcomer, phone, work
from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Person, Tie
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group, Invitation, Member
from wangge.systems.groups.queries.invitations import opened_by, token_of
from wangge.systems.groups.queries.terms import terms
from wangge.systems.groups.rules import Declined


def test_consent_and_its_version_are_stored():
    member = joined(group(), 1)
    assert (member.notice_version, member.consented_at is not None) == (terms().notice, True)
    assert Entry.objects.get(kind="group.member_joined").changes["notice"] == terms().notice


@pytest.mark.parametrize("consent", ["", "1999-01"])
def test_without_consent_to_the_present_notice_nobody_joins(consent):
    made = group()
    invitation = actions.issue_invitation(actor="test", group=made)
    with pytest.raises(Declined, match="告知"):
        actions.join(invitation=invitation, newcomer=newcomer(1), consent=consent)
    assert made.members.count() == 1


def test_who_works_there_becomes_staff_of_the_ledger():
    works = firm()
    member = joined(group(organisation=works), 1, id_no=id_no(1))
    work()
    member = fresh(member)
    tie = Tie.objects.get(person=member.person, kind="works", known_to=None)
    assert (tie.organisation_id, tie.valid_to, member.tie_begun) == (works.pk, None, True)
    assert member.person.id_no == id_no(1)


def test_who_does_not_work_there_stays_out_of_the_register():
    member = joined(group(organisation=firm()), 1, as_staff=False)
    work()
    assert fresh(member).person is None


@pytest.mark.parametrize("type", ["religious", "estate", "event", "rental"])
def test_a_group_that_employs_nobody_tells_the_register_nothing(type):
    member = joined(group(organisation=firm(), type=type), 1)
    work()
    assert fresh(member).person is None
    assert Tie.objects.count() == 0


def test_somebody_the_register_knows_by_number_is_the_same_person():
    works = firm()
    known = register_person(
        actor="test", facts={"name": "吴甲乙", "id_no": id_no(1)}, organisation=works, kind="works"
    ).person
    member = joined(group(organisation=works), 1, id_no=id_no(1))
    work()
    member = fresh(member)
    assert (member.person, member.tie_begun) == (known, False)


def test_a_doubtful_person_is_asked_of_the_community_and_settled():
    works = firm()
    for birth in ("1980-01-01", "1990-01-01"):
        register_person(
            actor="test", facts={"name": "吴甲乙", "phone": phone(1), "birth": birth}, organisation=works,
            kind="works", answer="new",
        )  # fmt: skip
    member = joined(group(organisation=works), 1)
    work()
    assert (fresh(member).matching, fresh(member).person) == ("ask", None)
    meant = Person.objects.get(birth="1990-01-01")
    actions.settle_member(actor="test", member=fresh(member), answer=meant)
    assert (fresh(member).matching, fresh(member).person) == ("done", meant)


def test_the_same_person_joins_once():
    made = group()
    assert joined(made, 1).pk == joined(made, 1).pk
    assert joined(made, 2, id_no=id_no(2)).pk == joined(made, 3, id_no=id_no(2)).pk
    assert Invitation.objects.get().used == 2
    assert made.members.count() == 3


def test_two_people_share_a_phone():
    made = group(type="school")
    one, other = joined(made, 1, name="陈大"), joined(made, 1, name="陈小")
    assert one.pk != other.pk


def test_an_invitation_holds_for_a_day_and_so_many():
    made = group()
    invitation = actions.issue_invitation(actor="test", group=made, max_uses=1)
    assert invitation.ends_at - timezone.now() < timedelta(hours=24)
    actions.join(invitation=invitation, newcomer=newcomer(1), consent=terms().notice)
    with pytest.raises(Declined, match="邀请已失效"):
        actions.join(invitation=invitation, newcomer=newcomer(2), consent=terms().notice)
    assert opened_by(token_of(invitation)) is None


def test_a_new_invitation_ends_the_one_before():
    made = group()
    first = actions.issue_invitation(actor="test", group=made)
    second = actions.issue_invitation(actor="test", group=made)
    assert opened_by(token_of(first)) is None
    assert opened_by(token_of(second)) == second
    with pytest.raises(Declined):
        actions.join(invitation=first, newcomer=newcomer(1), consent=terms().notice)


def test_after_24_hours_it_is_over():
    invitation = actions.issue_invitation(actor="test", group=group())
    token = token_of(invitation)
    Invitation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert opened_by(token) is None
    with pytest.raises(Declined):
        actions.join(invitation=invitation, newcomer=newcomer(1), consent=terms().notice)


@pytest.mark.parametrize("altered", ["", "A", "X" * 125, "0" * 4000, "甲"])
def test_what_was_not_signed_opens_nothing(altered):
    assert opened_by(altered) is None


def test_an_altered_token_opens_nothing():
    token = token_of(actions.issue_invitation(actor="test", group=group()))
    for at in (0, 10, len(token) - 5):
        other = "A" if token[at] != "A" else "B"
        assert opened_by(token[:at] + other + token[at + 1 :]) is None


def test_a_group_that_ends_lets_nobody_in():
    made = group()
    invitation = actions.issue_invitation(actor="test", group=made)
    actions.request_dissolution(creator=creator(made), risk_read=True)
    with pytest.raises(Declined):
        actions.join(invitation=invitation, newcomer=newcomer(1), consent=terms().notice)
    assert (Group.objects.get().state, Member.objects.count()) == ("dissolving", 1)
