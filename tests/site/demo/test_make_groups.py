"""The demo has groups with members, and takes them away again."""

import pytest

from tests.demo_ground import SMALL, TODAY
from wangge.lib.sealing import blind
from wangge.site.demo.groups import MANAGER
from wangge.site.demo.load import load
from wangge.site.demo.reset import remove_demo
from wangge.systems.groups.models import Group, Member, Reconciliation
from wangge.systems.groups.queries.own import memberships

pytestmark = pytest.mark.usefixtures("areas")


def test_groups_stand_in_firms_with_their_staff() -> None:
    done = load(SMALL, today=TODAY).counts
    assert done["groups"] == Group.objects.count() > 2
    assert set(Group.objects.values_list("state", flat=True)) == {"active", "draft"}
    for member in Member.objects.exclude(person=None).select_related("person", "group"):
        assert member.phone.startswith("100")
        assert member.person.ties.filter(organisation=member.group.organisation_id, kind="works").exists()
    assert Member.objects.filter(state="leaving").count() == 1
    for row in Reconciliation.objects.all():
        assert row.counts.get("joined", 0) == row.group.members.filter(on_list=True).count()


def test_the_demo_manager_has_a_group() -> None:
    load(SMALL, today=TODAY)
    assert [row.role for row in memberships(blind(MANAGER))] == ["creator"]


def test_they_go_with_the_demo() -> None:
    load(SMALL, today=TODAY)
    remove_demo()
    assert (Group.objects.count(), Member.objects.count(), Reconciliation.objects.count()) == (0, 0, 0)
