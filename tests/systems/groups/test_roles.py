"""Admins, hand-over, removing: only what the spec allows."""

import pytest

from tests.systems.groups.groups_cast import creator, firm, fresh, group, joined, work
from wangge.registry.people.models import Tie
from wangge.systems.groups import actions
from wangge.systems.groups.rules import Declined


def refused(verb, **args) -> str:
    with pytest.raises(Declined) as why:
        verb(**args)
    return why.value.code


def test_the_creator_makes_five_admins_and_no_sixth():
    made = group()
    members = [joined(made, number) for number in range(1, 7)]
    for member in members[:5]:
        actions.make_admin(creator=creator(made), member=member)
    assert refused(actions.make_admin, creator=creator(made), member=members[5]) == "admins"
    actions.remove_admin(creator=creator(made), member=members[2])
    actions.make_admin(creator=creator(made), member=members[5])
    assert fresh(members[5]).admin_seat == 3


def test_an_admin_makes_no_admins():
    made = group()
    admin, other = joined(made, 1), joined(made, 2)
    actions.make_admin(creator=creator(made), member=admin)
    assert refused(actions.make_admin, creator=fresh(admin), member=other) == "not_creator"
    assert refused(actions.remove_admin, creator=fresh(admin), member=fresh(admin)) == "not_creator"


def test_an_admin_is_removed_only_after_the_right_was_taken():
    made = group()
    admin = joined(made, 1)
    actions.make_admin(creator=creator(made), member=admin)
    assert refused(actions.remove_member, actor="test", member=admin, reason="离职") == "admin"
    actions.remove_admin(creator=creator(made), member=admin)
    actions.remove_member(actor="test", member=admin, reason="离职")
    assert (fresh(admin).state, fresh(admin).seat) == ("removed", None)


def test_removing_needs_a_reason_and_never_the_creator():
    made = group()
    assert refused(actions.remove_member, actor="test", member=joined(made, 1), reason=" ") == "no_reason"
    assert refused(actions.remove_member, actor="test", member=creator(made), reason="离职") == "creator"


def test_removing_ends_the_tie_that_joining_began():
    made = group(organisation=firm())
    member = joined(made, 1)
    work()
    actions.remove_member(actor="test", member=fresh(member), reason="已离职")
    tie = Tie.objects.get(person=fresh(member).person, known_to=None)
    assert tie.valid_to is not None


def test_the_creator_hands_over_and_is_a_plain_member():
    made = group()
    boss, heir = creator(made), joined(made, 1)
    actions.make_admin(creator=boss, member=heir)
    actions.hand_over(creator=boss, member=heir)
    assert (fresh(boss).role, fresh(heir).role, fresh(heir).admin_seat) == ("member", "creator", None)
    assert refused(actions.hand_over, creator=boss, member=heir) == "not_creator"


def test_nobody_without_a_proved_phone_manages():
    made = group()
    silent = joined(made, 1, proved=False)
    assert refused(actions.make_admin, creator=creator(made), member=silent) == "phone"
    assert refused(actions.hand_over, creator=creator(made), member=silent) == "phone"


def test_the_community_appoints_a_creator_with_a_reason():
    made = group()
    boss, heir, silent = creator(made), joined(made, 1), joined(made, 2, proved=False)
    assert refused(actions.appoint_creator, actor="test", member=heir, reason="") == "no_reason"
    assert refused(actions.appoint_creator, actor="test", member=silent, reason="离职") == "phone"
    assert refused(actions.appoint_creator, actor="test", member=boss, reason="离职") == "phone"
    actions.appoint_creator(actor="test", member=heir, reason="原创建人离职")
    assert (fresh(boss).role, fresh(heir).role) == ("member", "creator")
