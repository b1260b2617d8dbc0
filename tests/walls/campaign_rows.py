"""The doors of campaigns, gaps and coverage."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.systems.fieldwork.campaigns_cast import a_room, drafted, started
from tests.walls.row import Row
from wangge.systems.fieldwork.actions.campaigns import end_campaign
from wangge.systems.fieldwork.actions.draws import draw_sample
from wangge.systems.fieldwork.models import Draw

_doors = count(100)
NEVER = UUID(int=7)
ASSIGN = f"area={{area}}&op={NEVER}&days=7&row=1"


def _room(community: str) -> None:
    a_room(f"{next(_doors)}", "own", community + "001")


def draft(community: str) -> dict[str, Any]:
    _room(community)
    return {"pk": drafted(community).pk}


def campaign(community: str) -> dict[str, Any]:
    _room(community)
    return {"pk": started(community).pk}


def ended(community: str) -> dict[str, Any]:
    _room(community)
    made = started(community)
    end_campaign(actor="test", campaign=made, reason="改期")
    return {"pk": made.pk}


def sample(community: str) -> dict[str, Any]:
    _room(community)
    Draw._base_manager.filter(area_code=community).delete()
    return {"pk": draw_sample(actor="test", area_code=community, month=timezone.localdate()).pk}


CAMPAIGNS = [
    Row("campaigns:list", "duty.view"),
    Row("campaigns:load_pack", "campaign.manage", None, "POST", answers=(302, 403)),  # the district's alone
    Row("campaigns:new", "campaign.manage"),
    Row("campaigns:new", "campaign.manage", None, "POST", form="name="),
    Row("campaigns:campaign", "duty.view", campaign),
    Row("campaigns:edit", "campaign.manage", draft),
    Row("campaigns:edit", "campaign.manage", draft, "POST", form="name="),
    Row("campaigns:doors", "duty.view", campaign, query="?area={area}&state=left"),
    Row("campaigns:daily", "duty.view", campaign, query="?area={area}"),
    Row("campaigns:daily_file", "duty.view", campaign, query="?area={area}"),
    Row("campaigns:start", "campaign.manage", draft, "POST"),
    Row("campaigns:add", "campaign.manage", campaign, "POST"),
    Row("campaigns:extend", "campaign.manage", campaign, "POST", form="until=2099-01-01"),
    Row("campaigns:end", "campaign.manage", campaign, "POST", form="reason=改期"),
    Row("campaigns:reopen", "campaign.manage", ended, "POST", form="until=2099-01-01"),
    Row("campaigns:discard", "campaign.manage", draft, "POST"),
    Row("campaigns:gaps", "duty.view", query="?area={area}"),
    Row("campaigns:gaps_assign", "campaign.manage", None, "POST", form=ASSIGN),
    Row("campaigns:gaps_undo", "campaign.manage", None, "POST", form=f"area={{area}}&op={NEVER}"),
    Row("campaigns:gaps_file", "duty.view", query="?area={area}", answers=(200, 403)),  # and ledger.export
    Row("campaigns:coverage", "duty.view", query="?area={area}"),
    Row("campaigns:coverage_rows", "duty.view", lambda area: {"side": "missing"}, query="?area={area}"),
    Row("campaigns:draw", "campaign.manage", None, "POST", form="area={area}&percent=5"),
    Row("campaigns:sample", "duty.view", sample),
    Row("campaigns:withdraw", "campaign.manage", sample, "POST"),
]
