"""Who may see a case, and who may open one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wangge.foundation.access.queries import may

from .models import Case
from .queries.capacity import capacities, steps_open_to, visible_to

__all__ = ["capacities", "may_open", "may_see", "steps_open_to", "visible_to"]


def may_see(actor: Any, case: Case) -> bool:
    """Whether this case is one of those."""
    return visible_to(actor, Case.objects.filter(pk=case.pk)).exists()


def may_open(actor: Any, area_code: str, rights: Iterable[str] = ("case.open",)) -> bool:
    """Whether somebody may open a case there; one of the rights is enough."""
    return isinstance(actor, str) or any(may(actor, right, area_code) for right in rights)
