"""What a step changes on its case, by what the procedure says it counts as."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from ..models import Case, Clock
from ..queries.places import standing
from ..reading.procedure import Procedure
from ..reading.procedure import Step as Rule
from .chain import Wish

COUNTERS = ("verified", "reworked", "extended", "hung", "reopened")


def apply(case: Case, procedure: Procedure, rule: Rule, wish: Wish, now: datetime) -> None:
    """Move the case to where the step leads and count it."""
    case.state = rule.to or case.state
    state = procedure.state(case.state)
    case.paused = state.paused
    case.closed_at = (case.closed_at or now) if state.end else None
    case.level = wish.level or case.level
    case.area_code = standing(wish.area) or case.area_code
    case.merged_into = wish.other or case.merged_into
    if wish.unit is not None and "dispatched" in rule.counts:
        _dispatch(case, wish)
    for count in rule.counts:
        MARKS.get(count, lambda case, wish, now: None)(case, wish, now)
        if count in COUNTERS:
            setattr(case, count, getattr(case, count) + 1)


def _dispatch(case: Case, wish: Wish) -> None:
    case.dispatched += 1
    case.reassigned += case.unit_id is not None and case.unit_id != wish.unit.pk  # type: ignore[union-attr]
    case.unit = wish.unit


def _filed(case: Case, wish: Wish, now: datetime) -> None:
    case.filed, case.filed_at = True, case.filed_at or now


def _not_filed(case: Case, wish: Wish, now: datetime) -> None:
    case.filed, case.filed_at = False, now


def _handled(case: Case, wish: Wish, now: datetime) -> None:
    case.handled_at, case.verified_at = now, None


def _verified(case: Case, wish: Wish, now: datetime) -> None:
    case.verified_at = now


def _not_handled(case: Case, wish: Wish, now: datetime) -> None:
    case.handled_at = None


def _rated(case: Case, wish: Wish, now: datetime) -> None:
    case.rating, case.solved = wish.rating, wish.solved


MARKS: dict[str, Callable[[Case, Wish, datetime], None]] = {
    "filed": _filed,
    "not_filed": _not_filed,
    "handled": _handled,
    "verified": _verified,
    "reworked": _not_handled,
    "rated": _rated,
}


def regrade(running: Iterable[Clock], procedure: Procedure, case: Case, wish: Wish) -> None:
    """Another level: what still runs goes by its limits, from when it began."""
    if wish.level:
        for clock in running:
            clock.limit = procedure.limit_of(clock.key, case.level) or clock.limit


def extend(running: Iterable[Clock], rule: Rule, wish: Wish) -> None:
    """An extension that is granted: the clocks it names end then, and warn no more before."""
    for clock in running:
        if clock.key in rule.extends and wish.until is not None:
            clock.until, clock.late_at = wish.until, None
