"""The doors of campaigns under way go with their rooms when grids are divided anew."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from wangge.foundation.journal.models import Entry
from wangge.registry.people.models import Organisation, Room

from ..enums import CampaignState
from ..models import CampaignTarget


@transaction.atomic
def follow_doors(entry: Entry) -> None:
    """Reaction to register.redivided: every door that lies elsewhere now is counted there; running it again
    changes nothing. People stay with the grid they were found in until somebody visits them."""
    for place, model in (("room", Room), ("organisation", Organisation)):
        held = CampaignTarget._base_manager.filter(campaign__state=CampaignState.RUNNING)
        moved = held.filter(**{f"{place}__isnull": False}).exclude(area_code=F(f"{place}__area_code"))
        now = model._base_manager.filter(pk=OuterRef(f"{place}_id")).values("area_code")
        keys = list(moved.values_list("pk", flat=True))
        for at in range(0, len(keys), 5_000):
            rows = CampaignTarget._base_manager.filter(pk__in=keys[at : at + 5_000])
            rows.update(area_code=Subquery(now[:1]))
