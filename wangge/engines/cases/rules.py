"""Who may see a case, and who may open one."""

from __future__ import annotations

from typing import Any

from wangge.foundation.access.queries import may

from .models import Case
from .queries.capacity import capacities, steps_open_to, visible_to

__all__ = ["capacities", "may_open", "may_see", "steps_open_to", "visible_to"]


def may_see(actor: Any, case: Case) -> bool:
    """Whether this case is one of those."""
    return visible_to(actor, Case.objects.filter(pk=case.pk)).exists()


def may_open(actor: Any, area_code: str) -> bool:
    """Whether somebody may open a case there."""
    return isinstance(actor, str) or may(actor, "case.open", area_code)
