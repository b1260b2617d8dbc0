"""Duties as lists and as numbers; every number is the count of a list that ``rows_of`` opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.access.models import User
from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import DutyKind, DutyState
from ..models import Duty
from ..reading.days import Slot, period_of
from ..reading.walking import floor_of, nearest_first
from .areas import digits_below, known_below, named

SPANS: dict[str, str | Promise] = {
    "day": gettext_lazy("今天"),
    "week": gettext_lazy("本周"),
    "month": gettext_lazy("本月"),
}
# what can be counted and opened: name -> (label, which duties)
OVERDUE = "overdue"
EXAMPLE = "example"
SIDES: dict[str, str | Promise] = {
    "all": gettext_lazy("应办"),
    "done": gettext_lazy("已完成"),
    "open": gettext_lazy("待办"),
    OVERDUE: gettext_lazy("逾期"),
    "missed": gettext_lazy("未完成"),
}


@dataclass(frozen=True)
class Asked:
    """Which duties: of a day, week or month; in an area; of one worker; of a kind; and how they stand."""

    span: str = "day"
    on: date | None = None
    area: str = ""
    worker: int | None = None
    kind: str = ""
    side: str = "all"

    @property
    def day(self) -> date:
        return self.on or timezone.localdate()

    @property
    def time(self) -> Slot:
        """First and last day."""
        return Slot(self.day, self.day) if self.span == "day" else period_of(self.day, self.span)


def rows_of(asked: Asked) -> QuerySet[Duty]:
    """The duties asked for: those that could be done within the time. Cancelled ones do not count; overdue
    ones are all that are open past their day, whenever it was."""
    time = asked.time
    if asked.side == OVERDUE:
        found = Duty.objects.filter(state=DutyState.OPEN, due_on__lt=timezone.localdate())
    else:
        found = Duty.objects.filter(due_on__gte=time.first, begins_on__lte=time.last)
        wanted = {"done": DutyState.DONE, "open": DutyState.OPEN, "missed": DutyState.MISSED}.get(asked.side)
        found = found.filter(state=wanted) if wanted else found.exclude(state=DutyState.CANCELLED)
    if asked.area:
        found = found.filter(prefix_filter("area_code", prefix_of(asked.area)))
    if asked.worker is not None:
        found = found.filter(worker=asked.worker or None)
    return found.filter(kind=asked.kind) if asked.kind else found


@dataclass(frozen=True)
class BoardLine:
    """One line of the board: an area below, or a worker of the grid; ``counts`` by side."""

    name: str
    area: str
    worker: int | None
    counts: dict[str, int]
    opens: bool


def board(asked: Asked) -> tuple[BoardLine, list[BoardLine]]:
    """The sum, and a line for each area below; for a single grid a line for each worker. Two queries,
    whatever the number of lines."""
    lines = _by_worker(asked) if len(prefix_of(asked.area)) == 15 else _by_area(asked)
    total = {side: sum(line.counts.get(side, 0) for line in lines) for side in (*SIDES, EXAMPLE)}
    return BoardLine(_("合计"), asked.area, asked.worker, total, False), lines


def _by_worker(asked: Asked) -> list[BoardLine]:
    counts = _counted(asked, "worker_id")
    users = User.objects.in_bulk([pk for pk in counts if pk])
    names = {pk: users[pk].name if pk in users else _("未分配") for pk in counts}
    return [
        BoardLine(names[pk], asked.area, pk or 0, counts[pk], False)
        for pk in sorted(counts, key=lambda pk: (pk is None, names[pk]))
    ]


def _by_area(asked: Asked) -> list[BoardLine]:
    digits = digits_below(asked.area)
    counts = _counted(asked, "at", at=Substr("area_code", 1, digits))
    lines = named(set(counts) | known_below(asked.area, digits), digits).items()
    return [
        BoardLine(area.name, area.code, asked.worker, counts.get(code, {}), area.opens)
        for code, area in lines
    ]


def _counted(asked: Asked, by: str, **made: Any) -> dict[Any, dict[str, int]]:
    """Counts by side for each value of ``by``; "example": how many were made by an example scene (示例)."""
    states = {"done": DutyState.DONE, "open": DutyState.OPEN, "missed": DutyState.MISSED}
    sums = {side: Count("pk", filter=Q(state=state)) for side, state in states.items()}
    sums[EXAMPLE] = Count("pk", filter=Q(scene__example=True))
    whole = rows_of(replace(asked, side="all")).order_by().annotate(**made).values(by)
    late = rows_of(replace(asked, side=OVERDUE)).order_by().annotate(**made).values(by)
    found: dict[Any, dict[str, int]] = {}
    for line in whole.annotate(all=Count("pk"), **sums):
        found[line.pop(by)] = dict(line)
    for line in late.annotate(late=Count("pk")):
        found.setdefault(line[by], {})[OVERDUE] = line["late"]
    return found


def with_places(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """With all that a line shows."""
    return rows.select_related("scene", "room__building", "organisation", "campaign", "care", "worker")


def title_of(duty: Duty) -> str:
    """What a list calls a duty; no person is named."""
    if duty.kind == DutyKind.SCREENING and duty.scene:
        return _("摸排：%(name)s") % {"name": duty.scene.name}
    if duty.room_id and duty.room:
        return str(duty.room)
    if duty.organisation_id and duty.organisation:
        return duty.organisation.name
    if duty.scene_id and duty.scene:
        return duty.scene.name
    return str(duty.get_kind_display())


def why_of(duty: Duty) -> str:
    """Why it is on the list. A class of care is told by its level only (spec 2.7)."""
    if duty.campaign_id and duty.campaign:
        return duty.campaign.name
    if duty.care_id and duty.care:
        return _("关爱探访 · %(level)s") % {"level": duty.care.get_level_display()}
    if duty.kind == DutyKind.VISIT:
        return _("住户走访")
    return str(duty.get_kind_display())


def in_walking_order(duties: Sequence[Duty]) -> list[Duty]:
    """One day's list: patrols of the whole grid first, then door by door from building to building, floor by
    floor; a door that is due sooner does not wait for one nearby."""
    placed: dict[int, list[Duty]] = {}
    loose: list[Duty] = []
    for duty in duties:
        if duty.room_id and duty.room:
            placed.setdefault(duty.room.building_id, []).append(duty)
        else:
            loose.append(duty)
    buildings = [_building(several) for several in placed.values()]
    walk = nearest_first([(building.lon, building.lat) for building in buildings])
    ordered = sorted(
        loose, key=lambda duty: (duty.kind != DutyKind.PATROL, duty.due_on, _place(duty), duty.pk)
    )
    for at in walk:
        ordered += sorted(placed[buildings[at].pk], key=_door)
    return ordered


def _building(several: Iterable[Duty]) -> Any:
    room = next(duty.room for duty in several if duty.room)
    return room.building


def _door(duty: Duty) -> tuple[int, str, int]:
    room = duty.room
    return (floor_of(room.floor), room.door, duty.pk) if room else (0, "", duty.pk)


def _place(duty: Duty) -> int:
    return duty.scene.order if duty.scene else 0
