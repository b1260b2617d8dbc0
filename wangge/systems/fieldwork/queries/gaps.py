"""查漏 (S09): what the field work has left undone, a list a kind; each row can become a duty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import RoomState
from wangge.registry.people.models import Room

from ..enums import COVERS, CallBackState, CampaignState, DutyKind, DutyState, TargetKind, TargetState
from ..models import CallBack, CampaignTarget, Duty, Visit
from .campaigns import label_of
from .campaigns_doors import occupied

DAYS = 90  # without a visit, when nobody says otherwise
MOST_DAYS = 730
COLUMNS = tuple(kind.column for kind in TargetKind)


@dataclass(frozen=True)
class Asked:
    """Where, and for "unvisited" and "vacant" since how many days; ``campaign`` 0 is any under way."""

    area: str
    days: int = DAYS
    campaign: int = 0


@dataclass(frozen=True)
class Kind:
    """One kind of gap: its rows, and what sort of duty closes one."""

    key: str
    name: str | Promise
    meaning: str | Promise
    duty: DutyKind
    rows: Callable[[Asked], QuerySet[Any]]


@dataclass(frozen=True)
class Line:
    """One row as a page shows it. ``door`` is the duty's column and its value; ``duty``: already sent."""

    key: int
    area_code: str
    label: str
    why: str
    door: tuple[str, int]
    campaign: int | None
    duty: Duty | None


def since(asked: Asked) -> datetime:
    """The moment before which a visit is too long ago."""
    return timezone.now() - timedelta(days=asked.days)


def unvisited(asked: Asked) -> QuerySet[Room]:
    """Rooms that are lived in and that nobody has covered for so many days."""
    inside = prefix_filter("area_code", prefix_of(asked.area))
    rooms = occupied(Room.objects.filter(inside), inside)
    return rooms.exclude(pk__in=_visited(asked)).select_related("building")


def vacant(asked: Asked) -> QuerySet[Room]:
    """Rooms registered as vacant that nobody has looked at for so many days."""
    rooms = Room.objects.filter(prefix_filter("area_code", prefix_of(asked.area)), state=RoomState.VACANT)
    return rooms.exclude(pk__in=_visited(asked)).select_related("building")


def _visited(asked: Asked) -> QuerySet[Any]:
    visits = Visit.objects.filter(
        prefix_filter("area_code", prefix_of(asked.area)), at__gte=since(asked), result__in=COVERS,
        room__isnull=False,
    )  # fmt: skip
    return visits.values("room_id")


def outstanding(asked: Asked) -> QuerySet[CampaignTarget]:
    """Doors of campaigns under way where nobody was, only part was done, or the address was wrong."""
    left = (TargetState.OUTSTANDING, TargetState.PARTLY, TargetState.WRONG)
    rows = CampaignTarget.objects.filter(
        prefix_filter("area_code", prefix_of(asked.area)), campaign__state=CampaignState.RUNNING,
        state__in=left,
    )  # fmt: skip
    rows = rows.filter(campaign=asked.campaign) if asked.campaign else rows
    return rows.select_related("campaign", "room__building", "organisation", "person")


def not_called_back(asked: Asked) -> QuerySet[CallBack]:
    """Cards left where nobody was at home, and nobody has been back since."""
    rows = CallBack.objects.filter(prefix_filter("area_code", prefix_of(asked.area)))
    rows = rows.exclude(state=CallBackState.DONE).exclude(visit__room=None)
    return rows.select_related("visit__room__building")


KINDS = (
    Kind(
        "unvisited",
        gettext_lazy("久未走访"),
        gettext_lazy("有人住、但在这些天里没有一次有效走访的房屋。无人在家不算有效。"),
        DutyKind.VISIT,
        unvisited,
    ),
    Kind(
        "doors",
        gettext_lazy("行动未完成"),
        gettext_lazy("正在进行的行动里还没走访、只完成一部分或地址不符的。"),
        DutyKind.CAMPAIGN,
        outstanding,
    ),
    Kind(
        "nobody",
        gettext_lazy("无人未再访"),
        gettext_lazy("留了再访卡、之后还没有再去的。"),
        DutyKind.CALL_BACK,
        not_called_back,
    ),
    Kind(
        "vacant",
        gettext_lazy("空置待复核"),
        gettext_lazy("登记为空置、在这些天里没有去看过的房屋。"),
        DutyKind.RECHECK,
        vacant,
    ),
)
BY_KEY = {kind.key: kind for kind in KINDS}


def rows_of(kind: Kind, asked: Asked) -> QuerySet[Any]:
    """The rows of a kind, by grid."""
    return kind.rows(asked).order_by("area_code", "pk")


def lines_of(kind: Kind, rows: Sequence[Any]) -> list[Line]:
    """Rows as the page shows them, with the open duty that already goes there; two queries."""
    doors = [_door(row) for row in rows]
    sent, last = open_duties(kind, doors), _last_visits(kind, rows)
    return [
        Line(
            row.pk, row.area_code, _label(row), _why(row, last), door,
            row.campaign_id if isinstance(row, CampaignTarget) else None, sent.get(door),
        )
        for row, door in zip(rows, doors, strict=True)
    ]  # fmt: skip


def open_duties(kind: Kind, doors: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Duty]:
    """The open duties of this kind's sort at the doors."""
    found: dict[tuple[str, int], Duty] = {}
    for column in COLUMNS:
        if keys := [key for name, key in doors if name == column]:
            held = Duty._base_manager.filter(state=DutyState.OPEN, kind=kind.duty, **{f"{column}__in": keys})
            found |= {(column, getattr(duty, column)): duty for duty in held.select_related("worker")}
    return found


def _door(row: Any) -> tuple[str, int]:
    if isinstance(row, Room):
        return "room_id", row.pk
    if isinstance(row, CallBack):
        return "room_id", row.visit.room_id or 0
    return next((name, getattr(row, name)) for name in COLUMNS if getattr(row, name))


def _label(row: Any) -> str:
    if isinstance(row, CallBack):
        return str(row.visit.room)
    return label_of(row) if isinstance(row, CampaignTarget) else str(row)


def _last_visits(kind: Kind, rows: Sequence[Any]) -> dict[int, datetime]:
    if not rows or not isinstance(rows[0], Room):
        return {}
    visits = Visit._base_manager.filter(room__in=[row.pk for row in rows], result__in=COVERS).order_by()
    return dict(visits.values_list("room_id").annotate(last=Max("at")))


def _why(row: Any, last: dict[int, datetime]) -> str:
    today = timezone.localdate()
    if isinstance(row, CampaignTarget):
        said = _("%(campaign)s：%(state)s，%(day)s 截止")
        names = {"campaign": row.campaign.name, "state": row.get_state_display()}
        return said % (names | {"day": row.campaign.ends_on.isoformat()})
    if isinstance(row, CallBack):
        day = timezone.localdate(row.visit.at)
        return _("%(day)s 无人在家，%(state)s") % {"day": day.isoformat(), "state": row.get_state_display()}
    if row.pk not in last:
        return _("从未走访")
    return _ago(timezone.localdate(last[row.pk]), today)


def _ago(day: date, today: date) -> str:
    return _("上次走访 %(day)s，已 %(days)d 天") % {"day": day.isoformat(), "days": (today - day).days}
