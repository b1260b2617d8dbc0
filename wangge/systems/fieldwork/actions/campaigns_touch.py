"""What a visit means for the campaigns whose door it went to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from wangge.lib.scoping import prefix_of

from ..enums import CampaignState, TargetKind, TargetState
from ..models import Campaign, CampaignTarget, Visit

# The better result stays, in whatever order the results arrive.
RANK = {
    TargetState.OUTSTANDING: 0,
    TargetState.WRONG: 1,
    TargetState.NOBODY: 2,
    TargetState.PARTLY: 3,
    TargetState.REFUSED: 4,
    TargetState.VACANT: 4,
    TargetState.DONE: 5,
}


@transaction.atomic
def touch_targets(*, visit: Visit, result: str, campaigns: Iterable[int]) -> list[int]:
    """Note the result of a visit at its door in each of the campaigns it was for; the same again changes
    nothing. A better result takes the place of a worse one, of two equally good ones the later.

    Args:
        visit: the visit, saved; its room, organisation or person is the door.
        result: a ``VisitResult``.
        campaigns: ids; those that are not running, had ended before the visit or go to something else are
            left out.

    Returns:
        The ids of the campaigns in which the door now stands otherwise than before.
    """
    wanted = {int(key) for key in campaigns}
    if not wanted:
        return []
    chosen = {
        campaign.pk: campaign
        for campaign in Campaign._base_manager.filter(pk__in=wanted).order_by("pk")
        if takes(campaign, visit.at) and getattr(visit, TargetKind(campaign.target).column)
    }
    _add_missing(visit, chosen.values())
    held = CampaignTarget._base_manager.select_for_update().filter(_door_of(visit), campaign__in=chosen)
    return [target.campaign_id for target in held.order_by("campaign_id") if _better(target, visit, result)]


def takes(campaign: Campaign, at: datetime) -> bool:
    """Whether a result of this moment counts: phones may bring it after the campaign has ended."""
    if campaign.state == CampaignState.CLOSED:
        return campaign.closed_at is not None and at <= campaign.closed_at
    return bool(campaign.state == CampaignState.RUNNING)


def _door_of(visit: Visit) -> Q:
    door = Q(pk__in=[])
    for name in (kind.column for kind in TargetKind):
        if key := getattr(visit, name):
            door |= Q(**{name: key})
    return door


def _add_missing(visit: Visit, campaigns: Iterable[Campaign]) -> None:
    """A door that was found after the start is a door of the campaign too, where the campaign goes."""
    rows = []
    for campaign in campaigns:
        if any(visit.area_code.startswith(prefix_of(code)) for code in campaign.areas):
            name = TargetKind(campaign.target).column
            door = {name: getattr(visit, name)}
            rows.append(CampaignTarget(campaign=campaign, area_code=visit.area_code, **door))
    CampaignTarget._base_manager.bulk_create(rows, ignore_conflicts=True)


def _better(target: CampaignTarget, visit: Visit, result: str) -> bool:
    new, old = RANK[TargetState(result)], RANK[TargetState(target.state)]
    later = target.state_at is None or (visit.at, visit.pk) > (target.state_at, target.visit_id or 0)
    if new < old or (new == old and not later):
        return False
    target.state, target.state_at, target.visit = result, visit.at, visit
    target.save(update_fields=["state", "state_at", "visit"])
    return True
