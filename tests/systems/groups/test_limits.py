"""500 people, five admins, one creator: held by the database, also when everybody comes at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from tests.systems.groups.groups_cast import creator, fresh, group, joined, newcomer
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group, Invitation, Member
from wangge.systems.groups.queries.terms import terms
from wangge.systems.groups.rules import Declined


def fill(made: Group, until: int) -> None:
    """Members on seats 2 .. until."""
    Member.objects.bulk_create(
        Member(group=made, name="成员", who=f"w{seat}", seat=seat, joined_at=timezone.now())
        for seat in range(2, until + 1)
    )


def test_the_five_hundredth_joins_and_the_next_does_not():
    made = group()
    fill(made, 499)
    assert joined(made, 1).seat == 500
    with pytest.raises(Declined, match="500"):
        joined(made, 2)
    assert Invitation.objects.get().used == 1


def test_a_seat_that_is_given_back_is_taken_again():
    made = group()
    fill(made, 500)
    actions.remove_member(actor="test", member=made.members.get(seat=77), reason="已离职")
    assert joined(made, 1).seat == 77


@pytest.mark.parametrize(
    "row",
    [
        {"seat": 501}, {"seat": 0}, {"seat": None}, {"seat": 1}, {"seat": 2, "role": "creator"},
        {"seat": 2, "role": "admin"}, {"seat": 2, "role": "admin", "admin_seat": 6},
        {"seat": 2, "admin_seat": 1}, {"seat": 2, "state": "left"},
    ],
)  # fmt: skip
def test_the_database_refuses_what_no_verb_would_write(row):
    made = group()
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(group=made, name="成员", who="w", joined_at=timezone.now(), **row)


def test_the_database_counts_no_invitation_over_its_uses():
    made = actions.issue_invitation(actor="test", group=group(), max_uses=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=made.pk).update(used=2)


def at_once(work, count: int) -> list[str]:
    """Run in threads, each with a connection of its own; what each came to."""

    def one(number: int) -> str:
        try:
            with within(EVERYWHERE):
                work(number)
            return "done"
        except Declined as why:
            return why.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return sorted(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_join_at_once_the_last_seats_take_no_more():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    made = group()
    fill(made, 496)
    invitation = actions.issue_invitation(actor="test", group=made)

    def enter(number: int) -> None:
        actions.join(invitation=invitation, newcomer=newcomer(number), consent=terms().notice)

    assert at_once(enter, 16) == ["done"] * 4 + ["full"] * 12
    assert Member.objects.filter(seat__isnull=False).count() == 500
    assert Invitation.objects.get().used == 4


@pytest.mark.django_db(transaction=True)
def test_the_same_person_at_once_joins_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    made = group()
    invitation = actions.issue_invitation(actor="test", group=made)
    answers = at_once(
        lambda _n: actions.join(invitation=invitation, newcomer=newcomer(1), consent=terms().notice), 12
    )
    assert (answers, made.members.count()) == (["done"] * 12, 2)


@pytest.mark.django_db(transaction=True)
def test_of_admins_made_at_once_there_are_five():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    made = group()
    members = [joined(made, number) for number in range(1, 13)]
    boss = creator(made)
    answers = at_once(lambda n: actions.make_admin(creator=boss, member=members[n]), 12)
    assert answers == ["admins"] * 7 + ["done"] * 5
    assert made.members.filter(role="admin").count() == 5


@pytest.mark.django_db(transaction=True)
def test_of_hand_overs_at_once_one_creator_is_left():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    made = group()
    members = [joined(made, number) for number in range(1, 9)]
    boss = creator(made)
    answers = at_once(lambda n: actions.hand_over(creator=boss, member=members[n]), 8)
    assert answers == ["done"] + ["not_creator"] * 7
    assert made.members.filter(role="creator").count() == 1
    assert fresh(boss).role == "member"
