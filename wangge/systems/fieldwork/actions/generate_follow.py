"""Open duties follow the register: a grid that ended, a worker who left. What is done stays where it was."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area

from ..enums import DutyState
from ..models import Duty
from ..queries.workers import all_workers

PLACES = ("room", "organisation", "care")


def follow() -> int:
    """Sweep: duties under a grid that ended, then duties without one of the grid's workers; returns how many
    rows changed, none when run again."""
    return follow_ended_grids() + settle_workers()


def follow_ended_grids(today: date | None = None) -> int:
    """Visits go where their door went. A patrol or screening that nobody began is cancelled, because the
    grids that took over have their own; one that was begun goes to the one grid that took over, else to the
    community."""
    today = today or timezone.localdate()
    ended = Area._base_manager.filter(level=Level.GRID, valid_to__lte=today).values("code")
    held = Duty._base_manager.filter(state=DutyState.OPEN, area_code__in=ended)
    grids = held.order_by().values_list("area_code", flat=True).distinct()
    return sum(_leave(grid, today) for grid in sorted(set(grids)))


@transaction.atomic
def _leave(grid: str, today: date) -> int:
    later = territory.successors(grid, today)
    heir = later[0] if len(later) == 1 and later[0] != grid else grid[:12]
    rows = Duty._base_manager.filter(state=DutyState.OPEN, area_code=grid)
    moved = sum(_follow_place(rows, place, grid) for place in PLACES)
    unplaced = rows.filter(room=None, organisation=None, care=None, campaign=None, results=None)
    with override("zh-hans"):
        moved += _changed(unplaced, state=DutyState.CANCELLED, words=_("网格已调整，新网格另有任务"))
    moved += _changed(rows, area_code=heir)
    told = {"from": [grid], "rows": moved}
    journal.record("duty.divided", actor="system", area=grid[:12], changes=told)
    return moved


def _follow_place(rows: QuerySet[Duty], place: str, grid: str) -> int:
    moved = 0
    placed = rows.exclude(**{place: None}).exclude(**{f"{place}__area_code": grid})
    by_code: dict[str, list[int]] = defaultdict(list)
    for pk, code in placed.values_list("pk", F(f"{place}__area_code")):
        by_code[code].append(pk)
    for code, keys in by_code.items():
        moved += _changed(Duty._base_manager.filter(pk__in=keys), area_code=code)
    return moved


def _changed(rows: QuerySet[Duty], **values: Any) -> int:
    return Duty._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(**values)


@transaction.atomic
def settle_workers(today: date | None = None) -> int:
    """An open duty whose worker no longer works in its grid, or that has none, goes to one who does."""
    today = today or timezone.localdate()
    workers, moved = all_workers(), 0
    rows = Duty._base_manager.filter(state=DutyState.OPEN)
    for area, worker in rows.order_by().values_list("area_code", "worker_id").distinct():
        crew = workers.of(area, today)
        if worker in crew or (worker is None and not crew):
            continue
        keys = list(rows.filter(area_code=area, worker=worker).order_by("pk").values_list("pk", flat=True))
        for at in range(max(len(crew), 1)):
            mine = keys[at :: len(crew)] if crew else keys
            taker = crew[at] if crew else None
            moved += _changed(Duty._base_manager.filter(pk__in=mine), worker=taker)
    return moved
