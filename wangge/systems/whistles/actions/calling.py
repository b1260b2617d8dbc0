"""Units are called: when a whistle is approved, and one more later on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.models import Case, Step, Unit

from .blowing import look_at_units


@dataclass(frozen=True)
class Approved:
    """What is approved: units, lead and level may be others than were asked for."""

    op: UUID
    units: tuple[Unit, ...]
    lead: Unit | None
    level: str
    seen: int | None = None
    words: str = ""


def approve(*, actor: Any, case: Case, told: Approved) -> Step:
    """Approve a whistle; its units are called and their clocks begin. The same op again is the same step.

    Raises:
        Refused: not the street's or the district's, or she blew it herself.
        NotNow, Stale: what ``take_step`` raises. Unacceptable: no unit, one twice or closed, no lead.
    """
    look_at_units(told.units, told.lead)
    helpers = [unit.name for unit in told.units if unit != told.lead]
    wish = Wish(
        "approve", told.op, told.seen, words=told.words.strip(), unit=told.lead, level=told.level,
        data={"units": [unit.pk for unit in told.units], "helpers": helpers},
    )  # fmt: skip
    return take_step(actor=actor, case=case, wish=wish)


def call_one_more(*, actor: Any, case: Case, op: UUID, unit: Unit, words: str) -> Step:
    """Call a unit beside those that were; the same op again is the same step.

    Raises:
        What ``take_step`` raises; Unacceptable: it is called already, closed, or no reason is given.
    """
    return take_step(actor=actor, case=case, wish=Wish("call", op, words=words.strip(), unit=unit))
