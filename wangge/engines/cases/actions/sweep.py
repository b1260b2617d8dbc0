"""The clocks, swept: what is soon due is warned of, what is late climbs its ladder, once each.

A sweep looks at rows, not at what it did last time: after days without one, everything that fell due
meanwhile is told, each rung once, in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.db import connection, models, transaction
from django.utils import timezone

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.bulk import update_rows, write_rows
from wangge.lib.worktime import Limit, Worktime

from ..models import Case, Clock, Step
from ..queries.calendar import worktime_now
from ..queries.procedures import by_pk
from ..reading.procedure import Level, Procedure
from .chain import Wish, prepared
from .clocks import by_itself, show
from .steps import take_step

PIECE = 500
CHANGED = ["next_at", "due_at", "late", "rung", "version", "head"]
Told = tuple[Clock, str, str]  # what, "warned" | "late" | "rung", whom to tell


def sweep_clocks(now: datetime | None = None) -> int:
    """Tell what the clocks have to tell by now; returns how many cases had something."""
    now, total = now or timezone.now(), 0
    while found := _piece(now):
        total += found
    return total


def take_due_steps(now: datetime | None = None) -> int:
    """States that last only so long are left by themselves; returns how many were."""
    now = now or timezone.now()
    rows = Case._base_manager.filter(auto_at__lte=now).order_by("auto_at")
    return sum(_take(case) for case in rows.iterator(chunk_size=PIECE))


def _take(case: Case) -> int:
    rule = by_itself(case, by_pk(case.procedure_id))
    if rule is None:
        Case._base_manager.filter(pk=case.pk, version=case.version).update(auto_at=None)
        return 0
    try:
        take_step(
            actor="clock",
            case=case,
            wish=Wish(rule.key, uuid5(case.op, f"auto:{case.version}"), case.version),
        )
    except Unacceptable:  # somebody was quicker
        return 0
    return 1


@transaction.atomic
def _piece(now: datetime) -> int:
    rows = Case._base_manager.filter(next_at__lte=now, closed_at=None).order_by("next_at")
    skip = connection.features.has_select_for_update_skip_locked
    cases = list(rows.select_for_update(skip_locked=skip, of=("self",) if skip else ())[:PIECE])
    running: dict[int, list[Clock]] = {case.pk: [] for case in cases}
    for clock in Clock.objects.filter(case__in=cases, stopped_at=None).order_by("pk"):
        running[clock.case_id].append(clock)
    _tell(cases, running, now)
    return len(cases)


def _tell(cases: list[Case], running: dict[int, list[Clock]], now: datetime) -> None:
    steps: list[Step] = []
    lines: dict[str, list[tuple[str, str, str, dict]]] = {"case.warned": [], "case.late": []}
    for case in cases:
        procedure = by_pk(case.procedure_id)
        worktime, level = _worktime(procedure), procedure.level_of(case.level)
        for clock, what, whom in list(_due_now(running[case.pk], level, worktime, now)):
            steps.append(_step(case, clock, what, whom, now))
            kind = "case.warned" if what == "warned" else "case.late"
            told = {"clock": clock.key, "what": what, "tell": whom}
            lines[kind].append(("cases.case", str(case.pk), case.area_code, told))
        case.rung = max([case.rung, *(clock.rung for clock in running[case.pk])])
        show(case, level, running[case.pk], worktime)
    _save(cases, [clock for some in running.values() for clock in some], steps)
    for kind, rows in lines.items():
        journal.record_many(kind, actor="clock", area="", rows=rows)
    _worktimes.clear()


_worktimes: dict[object, Worktime] = {}


def _worktime(procedure: Procedure) -> Worktime:
    """One reading of the calendar for a piece."""
    if procedure.spans not in _worktimes:
        _worktimes[procedure.spans] = worktime_now(procedure.spans)
    return _worktimes[procedure.spans]


def _due_now(clocks: Iterable[Clock], level: Level, worktime: Worktime, now: datetime) -> Iterable[Told]:
    for clock in clocks:
        if clock.due_at is None:
            continue
        if clock.warn_at and not clock.warned_at and clock.warn_at <= now < clock.due_at:
            clock.warned_at = now
            yield clock, "warned", "handler"
        if clock.due_at <= now and clock.late_at is None:
            clock.late_at = now
            yield clock, "late", "handler"
        yield from _rungs(clock, level, worktime, now)


def _rungs(clock: Clock, level: Level, worktime: Worktime, now: datetime) -> Iterable[Told]:
    while clock.late_at is not None and clock.rung < len(level.ladder):
        rung = level.ladder[clock.rung]
        at = worktime.due(Limit.parse(rung.after), clock.due_at) if clock.due_at else None
        if at is None or at > now:
            return
        clock.rung += 1
        yield clock, "rung", rung.tell


def _step(case: Case, clock: Clock, what: str, whom: str, now: datetime) -> Step:
    """The same telling has the same op, however often a sweep is begun."""
    op = uuid5(case.op, f"{clock.pk}:{what}:{clock.rung}:{clock.due_at}")
    due_at = clock.due_at.isoformat() if clock.due_at else ""
    wish = Wish("clock", op, data={"clock": clock.key, "what": what, "tell": whom, "due": due_at})
    return prepared(actor="clock", case=case, who="clock", came_from=case.state, wish=wish, at=now)


def _save(cases: list[Case], clocks: list[Clock], steps: list[Step]) -> None:
    write_rows(Step, _columns(steps, [field.attname for field in Step._meta.concrete_fields[1:]]))
    update_rows(Clock, "id", _columns(clocks, ["id", "warned_at", "late_at", "rung"]))
    update_rows(Case, "id", _columns(cases, ["id", *CHANGED]))


def _columns(rows: Sequence[models.Model], names: Iterable[str]) -> dict[str, list[Any]]:
    return {name: [getattr(row, name) for row in rows] for name in names}
