"""What a visit means for campaigns."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import COMMUNITY, OTHER_GRID
from tests.systems.fieldwork.campaigns_cast import a_room, a_visit, days_ago, started
from wangge.systems.fieldwork.actions.campaigns import end_campaign
from wangge.systems.fieldwork.actions.campaigns_touch import RANK, touch_targets
from wangge.systems.fieldwork.enums import TargetState, VisitResult
from wangge.systems.fieldwork.models import CampaignTarget

pytestmark = pytest.mark.usefixtures("ground", "everywhere")


def states(campaign) -> list[str]:
    return list(CampaignTarget.objects.filter(campaign=campaign).values_list("state", flat=True))


def test_the_better_result_stays_in_whatever_order_results_arrive() -> None:
    seen = set()
    visits = [
        (VisitResult.NOBODY, days_ago(3)), (VisitResult.DONE, days_ago(2)), (VisitResult.PARTLY, days_ago(1)),
    ]  # fmt: skip
    for number, order in enumerate(permutations(visits)):
        room = a_room(f"10{number}", "own")
        campaign = started()
        for result, at in order:
            visit = a_visit(room, result, at)
            touch_targets(visit=visit, result=result, campaigns=[campaign.pk])
            assert touch_targets(visit=visit, result=result, campaigns=[campaign.pk]) == []
        target = CampaignTarget.objects.get(campaign=campaign, room=room)
        seen.add((target.state, target.state_at.date()))
    assert {state for state, _day in seen} == {"done"} and len(seen) == 1


def test_of_two_equally_good_results_the_later_holds() -> None:
    room = a_room("101", "own")
    campaign = started()
    for result, at in (("refused", days_ago(1)), ("vacant", days_ago(2))):
        touch_targets(visit=a_visit(room, result, at), result=result, campaigns=[campaign.pk])
    assert states(campaign) == ["refused"]


def test_a_door_found_later_is_a_door_where_the_campaign_goes_and_nowhere_else() -> None:
    a_room("101", "own")
    campaign = started()
    found, elsewhere = a_room("909"), a_room("101", grid=OTHER_GRID)
    touch_targets(visit=a_visit(found), result="done", campaigns=[campaign.pk, 10**9])
    touch_targets(visit=a_visit(elsewhere), result="done", campaigns=[campaign.pk])
    assert sorted(states(campaign)) == ["done", "open"]
    assert CampaignTarget.objects.filter(room=found).exists()
    assert not CampaignTarget.objects.filter(room=elsewhere).exists()


def test_what_was_done_before_the_end_and_arrives_after_it_counts() -> None:
    early, late = a_room("101", "own"), a_room("102", "own")
    campaign = started(COMMUNITY)
    end_campaign(actor="test", campaign=campaign, reason="台风")
    touch_targets(visit=a_visit(early, at=days_ago(1)), result="done", campaigns=[campaign.pk])
    assert touch_targets(visit=a_visit(late), result="done", campaigns=[campaign.pk]) == []
    assert sorted(states(campaign)) == ["done", "open"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(list(VisitResult)), min_size=1))
def test_every_result_has_a_rank_and_none_covers_less_than_it_should(results: list[VisitResult]) -> None:
    best = max(results, key=lambda result: RANK[TargetState(result.value)])
    assert all(RANK[TargetState(best.value)] >= RANK[TargetState(result.value)] > 0 for result in results)
