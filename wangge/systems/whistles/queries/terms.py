"""When a unit has to have signed, been in contact, arrived; and the bounds of the district's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from wangge.engines.cases.queries.calendar import worktime_now
from wangge.engines.cases.reading.procedure import Procedure
from wangge.foundation.territory.queries import note_of, setting
from wangge.lib.worktime import Limit

BOUNDS = {  # key of the setting: what holds where the district has set nothing (示例)
    "whistle.rate_high": 10.0,  # per cent of a street's matters
    "whistle.rate_low": 0.5,
    "whistle.rate_least": 20,  # with fewer matters in a month nothing is said
    "whistle.late_share": 20.0,  # per cent of a unit's arrivals
    "whistle.late_least": 3,  # with fewer arrivals due nothing is said
    "whistle.far_metres": 500,
}
UNOFFICIAL = ("示例", "待配置")  # how the note of a number begins that no paper says


@dataclass(frozen=True)
class Bound:
    """A number of the district. ``example``: no paper says so; ``note``: which paper does, else why not."""

    number: float
    note: str
    example: bool = False


def due_at(procedure: Procedure, level: str, clock: str, start: datetime) -> datetime | None:
    """When a clock that begins at ``start`` ends, by the limits of the level and the district's calendar, as
    the engine's own clock of the lead unit does. None where it does not run at this level."""
    limit = procedure.limit_of(clock, level)
    return worktime_now(procedure.spans).due(Limit.parse(limit), start) if limit else None


def bound(key: str) -> Bound:
    """One of ``BOUNDS`` as it holds today."""
    said, note = setting(key), note_of(key)
    if isinstance(said, int | float) and not isinstance(said, bool) and said >= 0:
        return Bound(said, note, note.startswith(UNOFFICIAL))
    return Bound(BOUNDS[key], _("示例"), True)
