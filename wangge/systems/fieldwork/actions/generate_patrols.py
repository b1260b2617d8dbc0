"""Daily patrols and monthly screenings of every grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

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
        orders = orders_active() if any(scene.order_only for scene in self.scenes) else []
        self.orders = [(order, _day(order.starts), _day(order.ends)) for order in orders]

    def on(self, day: date) -> Iterable[NewDuty]:
        """The patrols of one day."""
        daily = [scene for scene in self.scenes if self._patrolled(scene, day)]
        for grid in territory.grid_codes_on(day) if daily else ():
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
        for grid in territory.grid_codes_on(day) if begun else ():
            for begins, scenes in begun.items():
                yield from self._shared(grid, begins, scenes, DutyKind.SCREENING, month.last)

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
        here = _chosen([scene for scene in scenes if covers(scene, grid) and self._ordered(scene, grid, day)])
        crew = self.workers.of(grid, day)
        stamp = f"{day:%Y%m%d}" if kind == DutyKind.PATROL else f"{day:%Y%m}"
        for at, scene in enumerate(here):
            # one after the other, and turning: both come to see every scene
            worker = crew[(at + day.toordinal()) % len(crew)] if crew else None
            key = f"{kind[0]}:{grid}:{stamp}:{scene.key}"
            yield NewDuty(key, kind, grid, day, due, worker=worker, scene=scene.pk)

    def _ordered(self, scene: Scene, grid: str, day: date) -> bool:
        """A scene of emergencies exists only where and while an order holds (product decision 7)."""
        if not scene.order_only:
            return True
        return any(begins <= day <= ends and order.covers(grid) for order, begins, ends in self.orders)


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
