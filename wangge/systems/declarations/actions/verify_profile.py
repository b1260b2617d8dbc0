"""The limits of verifying change from a day on; what came before lives by the old ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.territory.actions import change_setting
from wangge.registry.people.rules import Declined

from ..queries.profile import LIMITS, PREFIX, profile_on

MOST = 3650


@transaction.atomic
def set_profile(*, actor: Any, limits: Mapping[str, int], basis: str) -> list[str]:
    """Put limits in force from today on; returns the names of those that changed.

    Args:
        basis: the paper that says so, shown beside the limit instead of 示例.

    Raises:
        Declined: no basis, a number out of bounds, or a limit that there is not.
    """
    if len(basis.strip()) < 2:
        raise Declined("no_basis", _("请写明依据（文号或会议），例如“区防指〔2026〕3 号”。"))
    if set(limits) - set(LIMITS) or any(not 0 < value <= MOST for value in limits.values()):
        raise Declined("bounds", _("期限应在 1 到 3650 之间。"))
    now = profile_on()
    changed = [name for name, value in limits.items() if getattr(now, name) != value]
    for name in changed:
        change_setting(actor=actor, key=PREFIX + name, value=limits[name], note=basis.strip()[:200])
    return changed
