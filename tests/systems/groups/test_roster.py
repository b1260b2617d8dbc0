"""The roster by statistic, the week, the export, the coverage."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.cast import COMMUNITY, OTHER_COMMUNITY, TOWN, secretary
from tests.systems.groups.groups_cast import (
    BOSS,
    creator,
    firm,
    fresh,
    group,
    joined,
    phone,
    staff_file,
    work,
)
from wangge.foundation.access.models import Reading
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import Reach, within
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group, Member
from wangge.systems.groups.queries import coverage, roster
from wangge.systems.groups.queries.groups import groups
from wangge.systems.groups.reading import read_staff


def test_every_statistic_counts_the_rows_it_shows():
    made = group()
    for number in range(1, 5):
        joined(made, number)
    one, two = list(made.members.filter(role="member"))[:2]
    actions.apply_to_leave(member=one, reason="")
    actions.remove_member(actor="test", member=two, reason="离职")
    found = roster.statistics(made, community=True)
    counted = {one.key: one.count for one in found}
    assert counted == {
        "present": 4, "managers": 1, "leaving": 1, "new": 4, "off_list": 0, "ask": 0, "gone": 1,
    }  # fmt: skip
    assert all(len(roster.lines(made, key)) == count for key, count in counted.items())


def test_a_roster_shows_phones_masked():
    made = group()
    shown = [line.phone for line in roster.lines(made, "present")]
    assert shown == ["100****0100"]


def test_the_week_says_who_came_and_went_and_how_many_there_were():
    made = group()
    Member.objects.update(joined_at=timezone.now() - timedelta(days=30))
    gone = joined(made, 1)
    joined(made, 2)
    Member.objects.filter(pk=gone.pk).update(joined_at=timezone.now() - timedelta(days=2))
    actions.apply_to_leave(member=gone, reason="")
    actions.decide_leave(actor="test", member=gone, agreed=True)
    week = roster.seven_days(made)
    assert len(week) == 7
    assert (week[0].joined, week[0].left, week[0].asked, week[0].present) == (1, 1, 1, 2)
    assert (week[1].joined, week[1].present) == (0, 2)
    assert (week[2].joined, week[2].present, week[3].present) == (1, 2, 1)


def test_the_export_is_masked_marked_and_in_the_trail():
    made = group()
    joined(made, 1, name="=1+1")
    content, name = actions.export_roster(actor="test", taker="苏记书（cast1）", group=made)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python()
    text = str(rows)
    assert "苏记书（cast1）" in rows[0][0]
    assert rows[2][:2] == ["郑*", "100****0100"]
    assert BOSS not in text and phone(1) not in text
    assert "郑" not in name
    assert Entry.objects.get(kind="group.exported").data["rows"] == 2
    assert book.sheet_names[1] == "近七天"


def test_groups_of_another_area_do_not_exist():
    group(), group(OTHER_COMMUNITY, boss="10000000200")
    with within(Reach((COMMUNITY,))):
        assert [one.area_code for one in groups()] == [COMMUNITY]
        assert Member.objects.count() == 1
    with within(Reach(("440703002",))):
        assert groups(area=OTHER_COMMUNITY).count() == 0


def in_group(staff: int, joined_staff: int, name: str) -> Group:
    made = group(organisation=firm(name=name, staff=staff), name=name)
    for number in range(1, joined_staff):  # the creator is one of the staff
        joined(made, number)
    work()
    return made


def test_an_organisation_counts_from_four_fifths_of_its_staff():
    in_group(5, 4, "够的厂")
    in_group(5, 3, "不够的厂")
    firm(name="没有团体的厂")
    town = Area.objects.get(code=TOWN)
    whole, below = coverage.coverage(town)
    assert (whole.organisations, whole.with_group, whole.covered) == (3, 2, 1)
    assert below.percent == pytest.approx(100 / 3)
    for show, names in (
        ("covered", ["够的厂"]),
        ("below", ["不够的厂"]),
        ("without", ["没有团体的厂"]),
        ("all", ["不够的厂", "够的厂", "没有团体的厂"]),
    ):
        assert sorted(row.name for row in coverage.rows(TOWN, show)) == sorted(names)


def test_the_last_list_says_how_many_the_staff_are():
    made = in_group(100, 2, "名单厂")
    rows = [["郑管", BOSS], ["吴甲乙", phone(1)]]
    staff = read_staff(staff_file(rows, ("姓名", "手机")))
    actions.compare_list(actor="test", group=made, staff=staff)
    (standing,) = coverage.standings(COMMUNITY).values()
    assert (standing.joined, standing.staff, standing.covered) == (2, 2, True)
    actions.remove_member(actor="test", member=fresh(made.members.get(role="member")), reason="离职")
    (standing,) = coverage.standings(COMMUNITY).values()
    assert (standing.joined, standing.covered) == (1, False)


def test_an_unknown_number_of_staff_is_not_covered_and_an_empty_area_has_no_rate():
    group(organisation=firm(staff=None))
    (standing,) = coverage.standings(COMMUNITY).values()
    assert (standing.share, standing.covered) == (None, False)
    empty = coverage.coverage(Area.objects.get(code=OTHER_COMMUNITY))[0]
    assert (empty.organisations, empty.percent) == (0, None)


def test_a_dissolved_group_covers_nothing():
    made = in_group(2, 2, "散了的厂")
    actions.request_dissolution(creator=creator(made), risk_read=True)
    Group.objects.update(dissolve_at=timezone.now())
    actions.carry_out_due()
    assert coverage.standings(COMMUNITY) == {}


def test_who_looked_at_the_roster_is_logged_for_each_member(logged_in):
    made = group()
    member = joined(made, 1)
    logged_in(secretary()).get(f"/console/groups/{made.pk}/members/")
    assert Reading._base_manager.filter(subject_type="groups.member", subject_id=str(member.pk)).count() == 1
