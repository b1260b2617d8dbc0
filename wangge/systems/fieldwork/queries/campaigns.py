"""How far campaigns are: per area down to the door, by result, by day. One query a level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import COVERS, CampaignState, TargetState
from ..models import Campaign, CampaignTarget
from .areas import digits_below, named

COVERED = tuple(TargetState(state.value) for state in TargetState if state.value in COVERS)
WORST_FIRST = (
    TargetState.OUTSTANDING,
    TargetState.NOBODY,
    TargetState.PARTLY,
    TargetState.WRONG,
    TargetState.REFUSED,
    TargetState.VACANT,
    TargetState.DONE,
)


@dataclass(frozen=True)
class Part:
    """A piece of a bar: so many doors in this state, from ``at`` on ``width`` per cent wide."""

    state: str
    label: str
    doors: int
    at: float
    width: float


@dataclass(frozen=True)
class Standing:
    """Doors by where they stand. Done, vacant and refused are covered; nobody at home is not (spec 5.6)."""

    by_state: Counter[str] = field(default_factory=Counter)

    @property
    def doors(self) -> int:
        return self.by_state.total()

    @property
    def covered(self) -> int:
        return sum(self.by_state[state] for state in COVERED)

    @property
    def visited(self) -> int:
        """Doors somebody was at, whatever came of it."""
        return self.doors - self.by_state[TargetState.OUTSTANDING]

    @property
    def left(self) -> int:
        return self.doors - self.covered

    @property
    def percent(self) -> float | None:
        """Per cent covered, None without doors. Only all of them are 100."""
        return floored(self.covered, self.doors)

    @property
    def parts(self) -> list[Part]:
        """The bar, the good first."""
        found, at = [], 0.0
        for state in reversed(WORST_FIRST):
            if number := self.by_state[state]:
                found.append(Part(state.value, str(state.label), number, at, 100 * number / self.doors))
                at = found[-1].at + found[-1].width
        return found

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Every state with its doors, in the order of the columns."""
        return [(state.value, self.by_state[state]) for state in TargetState]


@dataclass(frozen=True)
class Line:
    """One area below: its code, its name, whether there is a level below, where it stands."""

    code: str
    name: str
    opens: bool
    standing: Standing


def floored(part: int, whole: int) -> float | None:
    """Per cent with two decimals, cut and not rounded: 99.999 % is not everybody."""
    return (10_000 * part // whole) / 100 if whole else None


def campaigns(state: str = "") -> QuerySet[Campaign]:
    """The campaigns in reach, those under way first."""
    rows = Campaign.objects.select_related("form").order_by("-state", "-begins_on", "-pk")
    return rows.filter(state=state) if state else rows


def running() -> QuerySet[Campaign]:
    """The campaigns under way in reach."""
    return campaigns(CampaignState.RUNNING)


def standings(rows: Iterable[Campaign]) -> dict[int, Standing]:
    """Where each of the campaigns stands inside the reach; one query."""
    found: dict[int, Standing] = {row.pk: Standing() for row in rows}
    counted = CampaignTarget.objects.filter(campaign__in=list(found)).order_by()
    for line in counted.values("campaign_id", "state").annotate(doors=Count("pk")):
        found[line["campaign_id"]].by_state[line["state"]] += line["doors"]
    return found


def targets(campaign: Campaign, area: str = "") -> QuerySet[CampaignTarget]:
    """The doors of a campaign inside an area ("": the reach)."""
    rows = CampaignTarget.objects.filter(campaign=campaign)
    return rows.filter(prefix_filter("area_code", prefix_of(area))) if area else rows


def progress(campaign: Campaign, area: str = "") -> tuple[Standing, list[Line]]:
    """The sum of an area and one line for each area below it; one query, answered by one index."""
    digits = digits_below(area)
    grouped = targets(campaign, area).order_by().values("state", at=Substr("area_code", 1, digits))
    found: dict[str, Standing] = {}
    total = Standing()
    for row in grouped.annotate(doors=Count("pk")):
        found.setdefault(row["at"], Standing()).by_state[row["state"]] += row["doors"]
        total.by_state[row["state"]] += row["doors"]
    lines = named(found, digits).items()
    return total, [Line(area.code, area.name, area.opens, found[code]) for code, area in lines]


def doors(
    campaign: Campaign, area: str = "", state: str = "", day: date | None = None
) -> QuerySet[CampaignTarget]:
    """The doors behind a number, by grid and building, what is left first.

    Args:
        state: a ``TargetState``, "left" for what is not covered, "covered", "visited", "" for all.
        day: those whose standing is of this day.
    """
    rows = targets(campaign, area)
    if state == "left":
        rows = rows.exclude(state__in=COVERED)
    elif state == "covered":
        rows = rows.filter(state__in=COVERED)
    elif state == "visited":
        rows = rows.exclude(state=TargetState.OUTSTANDING)
    elif state:
        rows = rows.filter(state=state)
    if day is not None:
        rows = rows.filter(of_day(day)).exclude(state=TargetState.OUTSTANDING)
    joined = rows.select_related("room__building", "organisation", "person", "visit")
    return joined.order_by("area_code", "room__building__name", "room__key", "pk")


def of_day(day: date, lookup: str = "state_at") -> Q:
    """Rows of one day in the district's time."""
    first = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    return Q(**{f"{lookup}__gte": first, f"{lookup}__lt": first + timedelta(days=1)})


@dataclass(frozen=True)
class Day:
    """One day of the curve: doors covered that day and until then, and their per cent of all."""

    day: date
    new: int
    total: int
    percent: float


def curve(campaign: Campaign, area: str = "", doors_in_all: int = 0) -> list[Day]:
    """Doors covered by day, from the first day to today or the last; one query."""
    rows = targets(campaign, area).filter(state__in=COVERED, state_at__isnull=False).order_by()
    # hours as text, cut by the database itself: on SQLite TruncDate would call Python for every row
    hours = rows.values_list(Substr(Cast("state_at", TextField()), 1, 13)).annotate(doors=Count("pk"))
    new: Counter[date] = Counter()
    for hour, number in hours:
        new[timezone.localdate(datetime.strptime(f"{hour} +0000", "%Y-%m-%d %H %z"))] += number
    if not new:
        return []
    first = min(min(new), campaign.begins_on)
    last = max(max(new), min(timezone.localdate(), campaign.ends_on))
    found, total = [], 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        total += new[day]
        found.append(Day(day, new[day], total, 100 * total / doors_in_all if doors_in_all else 0.0))
    return found


@dataclass(frozen=True)
class Drawing:
    """The curve as an SVG draws it, ten units a day and 100 high: the bars of the days (x, top, height; the
    fullest day is half as high as the picture) and the line of the per cent covered."""

    width: int
    bars: list[tuple[int, str, str]]
    line: str


def drawing(days: Sequence[Day]) -> Drawing:
    """The picture of a curve."""
    fullest = max((day.new for day in days), default=0) or 1
    bars = [(at * 10 + 1, 50 * day.new / fullest) for at, day in enumerate(days)]
    points = [f"{at * 10 + 5},{100 - day.percent:.2f}" for at, day in enumerate(days)]
    return Drawing(
        len(days) * 10, [(x, f"{100 - high:.2f}", f"{high:.2f}") for x, high in bars], " ".join(points)
    )


@dataclass(frozen=True)
class Report:
    """A daily report (S42): what is new that day, where everything stands, what is late."""

    day: date
    total: ReportLine
    lines: list[ReportLine]


@dataclass(frozen=True)
class ReportLine:
    """One area of a daily report. ``late``: left although the last day has passed."""

    code: str
    name: str
    new: int
    standing: Standing
    late: int


def daily(campaign: Campaign, day: date, area: str = "") -> Report:
    """The report of a day: the standing is of now, ``new`` counts what got its standing that day."""
    digits = digits_below(area)
    total, lines = progress(campaign, area)
    fresh = doors(campaign, area, day=day).order_by().values(at=Substr("area_code", 1, digits))
    new = {row["at"]: row["doors"] for row in fresh.annotate(doors=Count("pk"))}
    late = timezone.localdate() > campaign.ends_on or campaign.state == CampaignState.CLOSED
    made = [_report_line(line, new.get(_key(line, digits), 0), late=late) for line in lines]
    whole = Line(area, "", False, total)
    return Report(day, _report_line(whole, sum(new.values()), late=late), made)


def _key(line: Line, digits: int) -> str:
    return line.code[:digits] if line.opens else line.code


def _report_line(line: Line, new: int, *, late: bool) -> ReportLine:
    return ReportLine(line.code, line.name, new, line.standing, line.standing.left if late else 0)


def label_of(target: CampaignTarget) -> str:
    """What a door is called: building and door, the organisation's or the person's name."""
    if target.room is not None:
        return str(target.room)
    return (
        str(target.organisation)
        if target.organisation is not None
        else (target.person.name if target.person is not None else "")
    )


def named_grids(rows: Sequence[Any]) -> dict[str, str]:
    """The names of the grids of some rows."""
    names = territory.names_of({row.area_code for row in rows})
    return {code: territory.short_name(name) for code, name in names.items()}
