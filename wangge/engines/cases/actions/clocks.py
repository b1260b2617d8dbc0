"""Clocks start, stand still and stop with the steps; nobody sets one.

A clock's time is counted over the calendar of the district (``lib.worktime``), without the pauses. An
extension is a step of its own: the clock then ends at the moment that was granted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from wangge.lib.worktime import Limit, Worktime

from ..models import Case, Clock
from ..queries.calendar import worktime_now
from ..reading.procedure import Level, Procedure, Step


def start(
    case: Case, procedure: Procedure, happened: str, at: datetime, running: Collection[str] = ()
) -> list[Clock]:
    """The clocks that begin with a step ("open" is the first one), unsaved; those in ``running`` go on."""
    keys = [clock.key for clock in procedure.started_by(happened) if clock.key not in running]
    limits = [(key, procedure.limit_of(key, case.level)) for key in keys]
    return [Clock(case=case, key=key, limit=limit, started_at=at) for key, limit in limits if limit]


def end_at(begun: Iterable[Clock], procedure: Procedure, until: datetime | None) -> None:
    """Those that may be extended end at a moment that was named when the case was opened."""
    for clock in begun:
        if until is not None and clock.key in procedure.extendable:
            clock.until = until


def stop(running: Iterable[Clock], procedure: Procedure, happened: str, at: datetime) -> None:
    """Those that end with a step."""
    ending = {clock.key for clock in procedure.stopped_by(happened)}
    for clock in running:
        if clock.key in ending:
            stop_one(clock, at)


def stop_one(clock: Clock, at: datetime) -> None:
    """A clock ends; a pause that is open ends with it. What its end would have been stays readable."""
    if clock.pauses and clock.pauses[-1][1] is None:
        clock.pauses[-1][1] = at.isoformat()
    clock.stopped_at = at


def pause(running: Iterable[Clock], at: datetime) -> None:
    """The case stands still from now on."""
    for clock in running:
        if not clock.pauses or clock.pauses[-1][1] is not None:
            clock.pauses.append([at.isoformat(), None])


def resume(running: Iterable[Clock], at: datetime) -> None:
    """The case goes on."""
    for clock in running:
        if clock.pauses and clock.pauses[-1][1] is None:
            clock.pauses[-1][1] = at.isoformat()


def pauses_of(clock: Clock) -> list[tuple[datetime, datetime | None]]:
    """The pauses as moments."""
    read = datetime.fromisoformat
    return [(read(begin), read(end) if end else None) for begin, end in clock.pauses]


def reckon(clock: Clock, level: Level, worktime: Worktime) -> None:
    """When it ends and when it warns, as things stand. Of an end that was granted and one counted over
    pauses the later one holds; before a granted one nothing warns."""
    pauses, limit = pauses_of(clock), Limit.parse(clock.limit)
    counted = worktime.due(limit, clock.started_at, pauses)
    if counted is not None and clock.until is not None:
        counted = max(counted, clock.until) if pauses else clock.until
    clock.due_at = counted
    clock.warn_at = None if clock.until is not None else _warning(clock, level, worktime, limit)


def _warning(clock: Clock, level: Level, worktime: Worktime, limit: Limit) -> datetime | None:
    """A share of the limit after its beginning, or so long before its end."""
    whole = worktime.length(limit)
    if isinstance(level.warn, str):
        unit, before = Limit.parse(level.warn).unit, worktime.length(Limit.parse(level.warn))
        share = whole - before if unit[-1] == limit.unit[-1] or unit in ("h", "m") else 0
    else:
        share = int(whole * level.warn)
    return worktime.reached(limit.unit, share, clock.started_at, pauses_of(clock)) if share > 0 else None


def settle(case: Case, procedure: Procedure, clocks: list[Clock]) -> None:
    """Reckon every running clock and write on the case what the lists and the sweep look at."""
    worktime, level = worktime_now(procedure.spans), procedure.level_of(case.level)
    running = [clock for clock in clocks if clock.stopped_at is None]
    for clock in clocks:
        if clock.stopped_at is None or clock.due_at is None:  # one that ended in a pause had no end before
            reckon(clock, level, worktime)
        if stands_for := procedure.clock(clock.key).due:
            setattr(case, f"{stands_for}_due", clock.due_at)
    show(case, level, running, worktime)


def show(case: Case, level: Level, running: list[Clock], worktime: Worktime) -> None:
    """The earliest end, and the earliest moment at which something has to be said."""
    case.due_at = min((c.due_at for c in running if c.due_at), default=None)
    moments = [moment for clock in running if (moment := next_moment(clock, level, worktime))]
    case.next_at = min(moments, default=None)
    case.late = any(clock.late_at is not None for clock in running)


def next_moment(clock: Clock, level: Level, worktime: Worktime) -> datetime | None:
    """When a clock next warns, ends, or climbs a rung; None while it stands still or after the last rung."""
    if clock.due_at is None or clock.stopped_at is not None:
        return None
    if clock.late_at is None:
        return clock.due_at if clock.warned_at or clock.warn_at is None else clock.warn_at
    if clock.rung >= len(level.ladder):
        return None
    return worktime.due(Limit.parse(level.ladder[clock.rung].after), clock.due_at)


def lasts(case: Case, procedure: Procedure, until: datetime | None, now: datetime) -> datetime | None:
    """When the state is left by itself: so long after now, or at the moment that was said with the step that
    led here; None where it lasts."""
    rule = by_itself(case, procedure)
    if rule is None:
        return None
    if not rule.after:
        return until
    return worktime_now(procedure.spans).due(Limit.parse(rule.after), now)


def by_itself(case: Case, procedure: Procedure) -> Step | None:
    """The step that nobody has to take."""
    return next((step for step in procedure.steps_from(case.state) if "clock" in step.roles), None)
