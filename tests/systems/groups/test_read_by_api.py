"""Programs read groups and rosters: within reach, masked, page by page, and members can see it."""

from __future__ import annotations

import pytest

from tests import cast
from tests.foundation.clients.clients_cast import calling, program
from tests.systems.groups.groups_cast import BOSS, firm, group, joined, phone, staff_file
from wangge.foundation.access.models import Reading
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group
from wangge.systems.groups.reading import read_staff

API = "/api/v1/groups"


@pytest.fixture
def system():
    return calling(program(cast.TOWN, per_minute=1000)[1])


def test_groups_in_reach_with_their_numbers(system):
    group(cast.OTHER_COMMUNITY, boss=phone(9))
    made = group(organisation=firm())
    joined(made, 1, as_staff=False)
    actions.compare_list(actor="test", group=made, staff=read_staff(staff_file([["郑管", BOSS, ""]])))
    (said,) = system.get(API).json()["groups"]
    assert (said["id"], said["members"], said["staff"], said["listed"]) == (made.pk, 2, 1, 1)
    assert system.get(f"{API}/{made.pk}").json() == said


def test_a_roster_is_masked_and_each_member_sees_who_read(system):
    made = group()
    member = joined(made, 1)
    answer = system.get(f"{API}/{made.pk}/members")
    said = answer.json()["members"]
    assert [row["phone"] for row in said] == ["100****0001", "100****0100"]
    for value in ("吴甲乙", phone(1), BOSS):
        assert value not in answer.content.decode()
    assert Reading._base_manager.filter(subject_type="groups.member", subject_id=str(member.pk)).exists()


def test_pages_give_every_row_once(system):
    made = [group(boss=phone(number), name=f"团体{number}").pk for number in range(50, 55)]
    seen, after = [], ""
    while True:
        page = system.get(API, {"limit": 2, "after": after}).json()
        seen += [row["id"] for row in page["groups"]]
        after = page["after"]
        if not after:
            break
    assert seen == made[::-1]


def test_filters_narrow(system):
    draft, shop = group(proved=False), group(type="shop", boss=phone(9))
    for asked, wanted in (({"state": "draft"}, draft), ({"type": "shop"}, shop)):
        assert [row["id"] for row in system.get(API, asked).json()["groups"]] == [wanted.pk]


def test_another_areas_group_does_not_exist(system):
    other = group(cast.OTHER_COMMUNITY)
    for at in (f"{API}/{other.pk}", f"{API}/{other.pk}/members", f"{API}/999999"):
        assert system.get(at).status_code == 404
    assert system.get(API, {"area": cast.OTHER_COMMUNITY}).status_code == 404


@pytest.mark.parametrize("at", ["", "/1", "/1/members"])
def test_without_the_scope_it_is_refused(at):
    made = calling(program(cast.TOWN, scopes=["areas.read"])[1])
    assert made.get(API + at).status_code == 403


def test_a_program_of_another_town_sees_none():
    group()
    other = calling(program(cast.OTHER_TOWN, per_minute=1000)[1])
    assert other.get(API).json() == {"groups": [], "after": ""}
    assert other.get(API, {"area": cast.TOWN}).status_code == 404


def test_a_filter_that_means_nothing_is_422_and_dissolved_ones_are_asked_for(system):
    made = group()
    Group.objects.filter(pk=made.pk).update(state="dissolved")
    assert system.get(API).json()["groups"] == []
    assert [row["id"] for row in system.get(API, {"state": "dissolved"}).json()["groups"]] == [made.pk]
    assert system.get(API, {"type": "nonsense"}).status_code == 422
