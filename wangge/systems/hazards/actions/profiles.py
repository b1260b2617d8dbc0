"""The fire profile of a building is written down on the spot."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused
from wangge.foundation.journal import actions as journal
from wangge.registry.people.models import Building

from ..models import FireProfile


@transaction.atomic
def keep_profile(*, actor: Any, building: Building, facts: dict[str, Any]) -> FireProfile:
    """Write down what the building has; what is None is not known.

    Args:
        facts: columns of ``FireProfile``.

    Raises:
        Refused: not in the actor's area.
    """
    if not isinstance(actor, str) and not may(actor, "case.open", building.area_code):
        raise Refused(_("您不能修改这栋楼的消防档案。"))
    told = {"area_code": building.area_code, "confirmed_at": timezone.now(),
            "account": journal.account_of(actor)}  # fmt: skip
    row, _new = FireProfile._base_manager.update_or_create(building=building, defaults=facts | told)
    journal.record("hazard.profile_kept", actor=actor, area=row.area_code, subject=row)
    return row
