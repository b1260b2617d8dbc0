"""Leaving: asked for, decided with a reason, or alone when nobody answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.systems.groups.groups_cast import creator, firm, fresh, group, joined, phone, work
from wangge.foundation.territory.models import Setting
from wangge.gateways.sms.outbox import folder
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Tie
from wangge.systems.groups import actions
from wangge.systems.groups.models import Member
from wangge.systems.groups.rules import Declined, may_leave_alone


def applied(number: int = 1) -> Member:
    member = joined(group(organisation=firm()), number)
    work()
    actions.apply_to_leave(member=member, reason="换工作")
    return fresh(member)


def test_agreeing_ends_membership_and_work_and_frees_the_seat():
    member = applied()
    actions.decide_leave(actor="test", member=member, agreed=True)
    member = fresh(member)
    assert (member.state, member.seat) == ("left", None)
    assert Tie.objects.get(person=member.person, known_to=None).valid_to == timezone.localdate()


def test_a_tie_the_register_knew_before_stays():
    works = firm()
    facts = {"name": "吴甲乙", "phone": phone(1), "birth": "1990-01-01"}
    known = register_person(actor="test", facts=facts, organisation=works, kind="works").person
    member = joined(group(organisation=works), 1)
    work()
    actions.settle_member(actor="test", member=fresh(member), answer=known)
    actions.apply_to_leave(member=member, reason="")
    actions.decide_leave(actor="test", member=member, agreed=True)
    assert fresh(member).person == known
    assert Tie.objects.get(person=known, known_to=None).valid_to is None


def test_refusing_needs_a_reason_which_the_member_is_told():
    member = applied()
    with pytest.raises(Declined, match="理由"):
        actions.decide_leave(actor="test", member=member, agreed=False, reason=" ")
    actions.decide_leave(actor="test", member=member, agreed=False, reason="交接未完成")
    work()
    assert (fresh(member).state, fresh(member).decision_reason) == ("active", "交接未完成")
    assert "交接未完成" in next(folder().glob("*.jsonl")).read_text("utf-8")


def test_without_an_answer_she_leaves_alone_after_the_districts_days():
    Setting.objects.create(key="group.leave_days", value=2)
    member = applied()
    with pytest.raises(Declined, match="还没有到"):
        actions.leave_alone(member=member)
    Member.objects.filter(pk=member.pk).update(leave_asked_at=timezone.now() - timedelta(days=2, minutes=1))
    assert may_leave_alone(fresh(member))
    actions.leave_alone(member=member)
    assert fresh(member).state == "left"


def test_who_never_asked_does_not_leave_alone():
    member = joined(group(), 1)
    with pytest.raises(Declined):
        actions.leave_alone(member=member)


def test_asking_twice_keeps_the_first_clock():
    member = applied()
    actions.apply_to_leave(member=member, reason="又问一次")
    assert fresh(member).leave_asked_at == member.leave_asked_at


def test_creator_and_admins_do_not_simply_leave():
    made = group()
    admin = joined(made, 1)
    actions.make_admin(creator=creator(made), member=admin)
    for member, code in ((creator(made), "creator"), (fresh(admin), "admin")):
        with pytest.raises(Declined) as why:
            actions.apply_to_leave(member=member, reason="")
        assert why.value.code == code


def test_nothing_is_decided_that_was_not_asked():
    with pytest.raises(Declined) as why:
        actions.decide_leave(actor="test", member=joined(group(), 1), agreed=True)
    assert why.value.code == "nothing"


def test_who_left_may_join_again():
    member = applied()
    actions.decide_leave(actor="test", member=member, agreed=True)
    again = joined(member.group, 1)
    assert again.pk != member.pk
