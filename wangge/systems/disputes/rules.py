"""Who handles a dispute, in one place: only she reads who the parties are and what was said (the page of the
case, its panel, papers, files and bundles all ask here)."""

from __future__ import annotations

from typing import Any

from wangge.engines.cases.enums import Role
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries import units_of
from wangge.engines.cases.rules import capacities
from wangge.foundation.access.queries import may

from .models import Handler
from .queries.handlers import active, handlers_of

STAFF = frozenset({str(Role.COMMUNITY), str(Role.STREET)})
HANDS = STAFF | {str(Role.WORKER)}


def handles(actor: Any, case: Case) -> bool:
    """Whether somebody handles a dispute: named for it and still in office there, or of a unit that was asked
    to help, while it is open."""
    if isinstance(actor, str):
        return True
    return _is_named(actor, case) or _helps(actor, case)


def _is_named(actor: Any, case: Case) -> bool:
    named = active(case).filter(user=actor.pk).exists()
    return named and bool(HANDS & capacities(actor, case))


def _helps(actor: Any, case: Case) -> bool:
    units = units_of(actor)
    return bool(units) and case.closed_at is None and case.helpers.filter(pk__in=units).exists()


def leads(actor: Any, case: Case) -> bool:
    """Whether she is one of those named for it who are of the community or the street."""
    return isinstance(actor, str) or (_is_named(actor, case) and bool(STAFF & capacities(actor, case)))


def in_office(case: Case) -> list[Handler]:
    """Those named for it who still are in office there."""
    return [row for row in handlers_of(case) if HANDS & capacities(row.user, case)]


def may_take_on(actor: Any, case: Case) -> bool:
    """Nobody in office there handles it, and it lies in her community or street."""
    free = case.closed_at is None and not in_office(case)
    return free and not isinstance(actor, str) and bool(STAFF & capacities(actor, case))


def may_appoint(actor: Any, case: Case) -> bool:
    """Whoever leads it, or who manages offices where it lies."""
    if case.closed_at is not None:
        return False
    return leads(actor, case) or bool(may(actor, "unit.manage", case.area_code))
