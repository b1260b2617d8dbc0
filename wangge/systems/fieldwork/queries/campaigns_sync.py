"""What a phone is told of campaigns."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from wangge.engines.forms.enums import State
from wangge.engines.forms.models import FormVersion
from wangge.engines.sync.sections import Scope

from ..enums import CampaignState
from ..models import Campaign, CampaignTarget
from .campaigns import COVERED


def read_campaigns(scope: Scope) -> list[dict[str, Any]]:
    """The campaigns under way that have doors in the worker's grids, with what is done there; two queries.
    Sent whole each time: there are few, and one result at a door changes two numbers of one row."""
    doors = CampaignTarget._base_manager.filter(
        area_code__in=scope.areas, campaign__state=CampaignState.RUNNING
    ).order_by()
    counted = doors.values("campaign_id").annotate(
        all=Count("pk"), done=Count("pk", filter=Q(state__in=COVERED))
    )
    found = {row["campaign_id"]: row for row in counted}
    rows = list(Campaign._base_manager.filter(pk__in=found).select_related("form").order_by("ends_on", "pk"))
    numbers = dict(
        FormVersion._base_manager.filter(
            form__in={row.form_id for row in rows}, state=State.PUBLISHED
        ).values_list("form_id", "number")
    )
    return [
        {
            "id": str(row.pk), "name": row.name, "ends": row.ends_on.isoformat(), "form": row.form.key,
            "number": numbers.get(row.form_id),
            "progress": {"done": found[row.pk]["done"], "all": found[row.pk]["all"]},
        }
        for row in rows
    ]  # fmt: skip


def gone_campaigns(scope: Scope) -> list[str]:
    """Campaigns that are over."""
    over = Campaign._base_manager.filter(state=CampaignState.CLOSED)
    if scope.since is not None:
        over = over.filter(closed_at__gte=scope.since)
    return [str(pk) for pk in over.order_by("pk").values_list("pk", flat=True)]
