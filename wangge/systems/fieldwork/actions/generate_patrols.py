"""Daily patrols and monthly screenings of every grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from wangge.foundation.territory import queries as territory

from ..enums import DutyKind, ListKind
from ..models import Scene
from ..queries.scenes import covers, orders_active
from ..queries.workers import Workers
from ..reading.days import DAY, LOOK_BACK, Slot, days_between, falls_on, period_of
from .generate_rows import NewDuty


class Patrols:
    """The scenes, grids and calendar of a stretch of days, read once."""

    def __init__(self, first: date, last: date, workers: Workers) -> None:
        self.workers = workers
        month = period_of(last, "month")
        self.worked = set(territory.workdays(first - DAY * (LOOK_BACK + 31), month.last))
        self.scenes = list(_scenes(first, last))
        self.grids = territory.grids_between(first, last)
        self._used: dict[str, frozenset[int]] = {}
        orders = orders_active() if any(scene.order_only for scene in self.scenes) else []
        self.orders = [(order, _day(order.starts), _day(order.ends)) for order in orders]

    def on(self, day: date) -> Iterable[NewDuty]:
        """The patrols of one day."""
        daily = [scene for scene in self.scenes if self._patrolled(scene, day)]
        for grid in self._grids_on(day) if daily else ():
            yield from self._shared(grid, day, daily, DutyKind.PATROL, day)

    def screenings(self, day: date) -> Iterable[NewDuty]:
        """The screenings of a day's month that have begun: they begin on its first worked day, or when the
        scene itself does, and last to its end."""
        month, begun = period_of(day, "month"), defaultdict(list)
        for versions in self._monthly().values():
            begins = max(self._first_worked(month), versions[0].valid_from)
            scene = next((one for one in versions if one.holds_on(begins)), None)
            if scene is not None and begins <= day:
                begun[begins].append(scene)
        for grid in self._grids_on(day) if begun else ():
            for begins, scenes in begun.items():
                yield from self._shared(grid, begins, scenes, DutyKind.SCREENING, month.last)

    def _grids_on(self, day: date) -> list[str]:
        return [code for code, since, until in self.grids if since <= day and (until is None or day < until)]

    def _used_in(self, grid: str) -> frozenset[int]:
        """The scenes made for the grid or an area around it."""
        if grid not in self._used:
            self._used[grid] = frozenset(scene.pk for scene in self.scenes if covers(scene, grid))
        return self._used[grid]

    def _monthly(self) -> dict[tuple[str, str], list[Scene]]:
        found: dict[tuple[str, str], list[Scene]] = defaultdict(list)
        for scene in self.scenes:
            if scene.kind == ListKind.MONTHLY:
                found[(scene.area_code, scene.key)].append(scene)
        return found

    def _patrolled(self, scene: Scene, day: date) -> bool:
        return (
            scene.kind == ListKind.DAILY and scene.holds_on(day) and falls_on(day, scene.every, self.worked)
        )

    def _first_worked(self, month: Slot) -> date:
        days = days_between(month.first, month.last)
        return next((day for day in days if day in self.worked), month.first)

    def _shared(
        self, grid: str, day: date, scenes: Sequence[Scene], kind: DutyKind, due: date
    ) -> Iterable[NewDuty]:
        used = self._used_in(grid)
        here = _chosen(
            [one for one in scenes if one.pk in used and (not one.order_only or self._ordered(grid, day))]
        )
        crew, turn, name = self.workers.of(grid, day), day.toordinal(), kind.value
        begins = f"{name[0]}:{grid}:{_stamp(day, name)}:"
        for at, scene in enumerate(here):
            # one after the other, and turning: both come to see every scene
            worker = crew[(at + turn) % len(crew)] if crew else None
            yield NewDuty(begins + scene.key, name, grid, day, due, worker, scene.pk)

    def _ordered(self, grid: str, day: date) -> bool:
        """A scene of emergencies exists only where and while an order holds (product decision 7)."""
        return any(begins <= day <= ends and order.covers(grid) for order, begins, ends in self.orders)


@lru_cache(1_000)
def _stamp(day: date, kind: str) -> str:
    return f"{day:%Y%m%d}" if kind == DutyKind.PATROL else f"{day:%Y%m}"


def _chosen(scenes: Sequence[Scene]) -> list[Scene]:
    """Where a town has its own version of the district's scene, the town's."""
    if len({scene.area_code for scene in scenes}) < 2:
        return list(scenes)  # as the table has them: by order and key
    best: dict[str, Scene] = {}
    for scene in sorted(scenes, key=lambda one: len(one.area_code.rstrip("0"))):
        best[scene.key] = scene
    return sorted(best.values(), key=lambda one: (one.order, one.key))


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _scenes(first: date, last: date) -> Iterable[Scene]:
    """Those in force on any of the days or earlier in their month, versions in order of time."""
    begin = period_of(first, "month").first
    rows = Scene._base_manager.filter(valid_from__lte=last).exclude(valid_to__lte=begin)
    return rows.exclude(kind=ListKind.WEEKLY).order_by("order", "key", "valid_from")
