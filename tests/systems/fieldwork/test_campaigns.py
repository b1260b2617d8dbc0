"""A campaign from draft to end."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.cast import (
    COMMUNITY,
    GRID,
    OTHER_COMMUNITY,
    OTHER_GRID,
    OTHER_TOWN,
    TOWN,
    officer,
    secretary,
    worker,
)
from tests.systems.fieldwork.campaigns_cast import (
    a_firm,
    a_form,
    a_room,
    a_visit,
    day,
    drafted,
    said,
    somebody,
    started,
)
from wangge.engines.sync.sections import Scope
from wangge.foundation.access.queries import reach_of
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import Reach, within
from wangge.systems.fieldwork.actions import campaigns as actions
from wangge.systems.fieldwork.actions.campaigns_follow import follow_doors
from wangge.systems.fieldwork.actions.campaigns_touch import touch_targets
from wangge.systems.fieldwork.models import Campaign, CampaignTarget, CarePerson
from wangge.systems.fieldwork.queries import campaigns as queries
from wangge.systems.fieldwork.queries.campaigns_doors import counted, shortened, years_before
from wangge.systems.fieldwork.queries.campaigns_sync import gone_campaigns, read_campaigns

pytestmark = pytest.mark.usefixtures("ground", "everywhere")


def test_starting_fixes_the_doors_once_and_says_how_many() -> None:
    a_room("101", "own"), a_room("102", "rented"), a_room("103", "vacant")
    somebody(a_room("104", "vacant"))  # the people say that it is lived in
    a_room("105", "own", OTHER_GRID)
    campaign = drafted()
    assert counted("rooms", [COMMUNITY], {"doors": "occupied"}) == {GRID: 3}
    assert actions.start_campaign(actor="test", campaign=campaign) == 3
    assert actions.start_campaign(actor="test", campaign=campaign) == 3
    campaign.refresh_from_db()
    assert campaign.state == "running" and campaign.started_at
    opened = Entry.objects.filter(kind="campaign.opened")
    assert [entry.data["doors"] for entry in opened] == [3]


def test_filters_say_which_doors() -> None:
    a_room("101", "own"), a_room("102", "rented"), a_room("103", "vacant")
    a_firm("虚构甲厂"), a_firm("虚构乙店", "self"), a_firm("虚构丙厂", closed_on=date(2026, 1, 1))
    old = somebody(a_room("104"), "令狐长", birth=years_before(timezone.localdate(), 80))
    somebody(a_room("105"), "令狐幼", birth=years_before(timezone.localdate(), 79))
    CarePerson.objects.create(
        person=old, area_code=GRID, care_class="elderly", level="red", begins_on=day(-9)
    )
    here = [COMMUNITY]
    assert counted("rooms", here, {"doors": "rented"}) == {GRID: 1}
    assert counted("rooms", here, {"doors": "all"}) == {GRID: 5}
    assert counted("organisations", here, {"categories": ["self"]}) == {GRID: 1}
    assert counted("organisations", here, {}) == {GRID: 2}
    assert counted("people", here, {"age_from": 80}) == {GRID: 1}
    assert counted("people", here, {"age_to": 79}) == {GRID: 1}
    assert counted("people", here, {"levels": ["red"]}) == {GRID: 1}
    assert counted("people", here, {"age_from": 81, "levels": ["red"]}) == {}
    assert started(target="people", filters={"age_from": 80}).targets.get().person == old


def test_doors_found_later_are_added_and_nothing_twice() -> None:
    a_room("101", "own")
    campaign = started()
    a_room("102", "own")
    assert actions.add_found(actor="test", campaign=campaign) == 1
    assert actions.add_found(actor="test", campaign=campaign) == 0
    assert campaign.targets.count() == 2


def test_a_draft_is_changed_and_thrown_away_and_what_has_begun_is_neither() -> None:
    a_room("101", "own")
    draft = drafted()
    actions.edit_campaign(actor="test", campaign=draft, said=said([GRID], name="另一个名字"))
    draft.refresh_from_db()
    assert (draft.name, draft.areas) == ("另一个名字", [GRID])
    actions.start_campaign(actor="test", campaign=draft)
    for verb in (
        lambda: actions.edit_campaign(actor="test", campaign=draft, said=said()),
        lambda: actions.discard_campaign(actor="test", campaign=draft),
    ):
        with pytest.raises(Unacceptable, match="已经启动"):
            verb()
    other = drafted()
    actions.discard_campaign(actor="test", campaign=other)
    assert not Campaign.objects.filter(pk=other.pk).exists()


def test_what_cannot_be_is_refused_with_a_reason() -> None:
    room = a_room("101", "vacant")
    with pytest.raises(Unacceptable, match="至少选一个"):
        actions.draft_campaign(actor="test", area_code=COMMUNITY, said=said([]))
    with pytest.raises(Unacceptable, match="不在您的辖区"):
        actions.draft_campaign(actor="test", area_code=COMMUNITY, said=said([OTHER_COMMUNITY]))
    with pytest.raises(Unacceptable, match="对调"):
        drafted(begins_on=day(3), ends_on=day(2))
    with pytest.raises(Unacceptable, match="一年"):
        drafted(ends_on=day(400))
    with pytest.raises(Unacceptable, match="没有符合条件"):
        started()
    room.state = "own"
    room.save()
    with pytest.raises(Unacceptable, match="没有发布"):
        started(form=a_form(state="draft"))
    with pytest.raises(Unacceptable, match="已经过去"):
        started(begins_on=day(-9), ends_on=day(-1))


def test_it_is_extended_ended_with_a_reason_and_taken_up_again() -> None:
    a_room("101", "own")
    campaign = started()
    with pytest.raises(Unacceptable, match="晚于"):
        actions.extend_campaign(actor="test", campaign=campaign, until=campaign.ends_on)
    actions.extend_campaign(actor="test", campaign=campaign, until=day(20))
    with pytest.raises(Unacceptable, match="原因"):
        actions.end_campaign(actor="test", campaign=campaign, reason=" ")
    ended = actions.end_campaign(actor="test", campaign=campaign, reason="改期")
    assert (ended.state, ended.closed_why, ended.ends_on) == ("closed", "改期", day(20))
    with pytest.raises(Unacceptable, match="没有在进行"):
        actions.add_found(actor="test", campaign=campaign)
    again = actions.reopen_campaign(actor="test", campaign=campaign, until=day(1))
    assert (again.state, again.closed_at, again.targets.count()) == ("running", None, 1)


def test_a_street_does_not_see_another_street_and_below_it_is_seen_once_it_has_doors_there() -> None:
    a_room("101", "own"), a_room("101", "own", OTHER_GRID)
    ours, theirs = drafted(TOWN, [COMMUNITY]), started(OTHER_TOWN, [OTHER_COMMUNITY])
    with within(reach_of(officer(TOWN))):
        assert set(queries.campaigns()) == {ours}
    with within(reach_of(worker(GRID))):
        assert not queries.campaigns().exists()  # a draft is nobody's business below
    actions.start_campaign(actor="test", campaign=ours)
    with within(reach_of(worker(GRID))):
        assert set(queries.campaigns()) == {ours}
    with within(reach_of(secretary(OTHER_COMMUNITY))):
        assert set(queries.campaigns()) == {theirs}
    with pytest.raises(Refused):
        actions.end_campaign(actor=secretary(COMMUNITY), campaign=ours, reason="不该能结束")


def test_progress_is_one_query_a_level_and_nobody_at_home_is_not_covered() -> None:
    rooms = [a_room(f"10{number}", "own") for number in range(5)]
    campaign = started()
    for room, result in zip(rooms, ("done", "vacant", "refused", "nobody"), strict=False):
        touch_targets(visit=a_visit(room, result), result=result, campaigns=[campaign.pk])
    with within(Reach(("440703",))):
        total, lines = queries.progress(campaign)
        assert (total.doors, total.covered, total.visited, total.left, total.percent) == (5, 3, 4, 2, 60.0)
        assert [(line.code, line.opens) for line in lines] == [(TOWN, True)]
        assert [line.code for line in queries.progress(campaign, COMMUNITY)[1]] == [GRID]
        assert queries.doors(campaign, GRID, "left").count() == 2
        days = queries.curve(campaign, "", total.doors)
        assert [(one.new, one.total, one.percent) for one in days] == [(3, 3, 60.0)]
        report = queries.daily(campaign, timezone.localdate(), TOWN)
        assert (report.total.new, report.total.late, report.lines[0].code) == (4, 0, COMMUNITY)
        Campaign.objects.filter(pk=campaign.pk).update(begins_on=day(-9), ends_on=day(-1))
        campaign.refresh_from_db()
        assert queries.daily(campaign, day(-1), TOWN).total.late == 2
    assert queries.floored(99_999, 100_000) == 99.99 and queries.floored(0, 0) is None


def test_a_phone_is_told_of_what_runs_in_its_grids() -> None:
    room = a_room("101", "own")
    a_room("102", "own")
    campaign, user = started(), worker(GRID)
    touch_targets(visit=a_visit(room), result="done", campaigns=[campaign.pk])
    (row,) = read_campaigns(Scope(user, (GRID,)))
    assert row["progress"] == {"done": 1, "all": 2} and row["id"] == str(campaign.pk) and row["number"] == 1
    assert read_campaigns(Scope(user, (OTHER_GRID,))) == []
    actions.end_campaign(actor="test", campaign=campaign, reason="改期")
    assert read_campaigns(Scope(user, (GRID,))) == [] and gone_campaigns(Scope(user, (GRID,))) == [row["id"]]


def test_areas_are_shortened_to_the_fewest_that_mean_the_same() -> None:
    known = {COMMUNITY: [GRID, COMMUNITY + "002"], TOWN: [COMMUNITY]}
    assert shortened([GRID], known) == [GRID]
    assert shortened([GRID, COMMUNITY + "002"], known) == [TOWN]
    assert shortened([COMMUNITY, GRID], known | {TOWN: [COMMUNITY, "440703002002"]}) == [COMMUNITY]


def test_many_doors_are_written_by_one_statement(django_assert_num_queries) -> None:
    for number in range(30):
        a_room(f"1{number:02}", "own")
    campaign = drafted()
    with django_assert_num_queries(1):
        assert actions.add_doors(campaign) == 30
    assert CampaignTarget.objects.filter(campaign=campaign).count() == 30


def test_doors_follow_their_rooms_into_another_grid() -> None:
    room = a_room("101", "own")
    campaign = started()
    room.area_code = COMMUNITY + "002"
    room.save()
    for _again in range(2):
        follow_doors(Entry(kind="register.redivided"))
        assert campaign.targets.get().area_code == COMMUNITY + "002"
