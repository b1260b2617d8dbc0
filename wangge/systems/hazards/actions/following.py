"""What special actions under way go to moves with the ground when grids are divided anew."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from wangge.foundation.journal.models import Entry
from wangge.registry.people.models import Building, Organisation

from ..enums import DriveState
from ..models import DriveTarget, Inspection

PIECE = 5_000
PLACES: tuple[tuple[str, Any, Q], ...] = (
    ("organisation", Organisation, Q(organisation__isnull=False)),
    ("building", Building, Q(organisation=None, building__isnull=False)),
)


@transaction.atomic
def follow_targets(entry: Entry) -> None:
    """Reaction to register.redivided and building.grid_assigned: targets of actions under way, and the
    inspections made for them, are counted where their building or firm lies now; running it again changes
    nothing. An action that is over stays as it was."""
    for model in (DriveTarget, Inspection):
        for place, source, known in PLACES:
            rows = model._base_manager.filter(known, drive__state=DriveState.RUNNING)
            keys = list(rows.exclude(area_code=F(f"{place}__area_code")).values_list("pk", flat=True))
            now = source._base_manager.filter(pk=OuterRef(f"{place}_id")).values("area_code")
            for at in range(0, len(keys), PIECE):
                moved = model._base_manager.filter(pk__in=keys[at : at + PIECE])
                moved.update(area_code=Subquery(now[:1]))
