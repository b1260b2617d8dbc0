"""Special actions: what they go to, how far they are, what is missing (S42)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Share
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import OrganisationStatus, RoomState
from wangge.registry.people.models import Building, Organisation, Room

from ..enums import Outcome, Target
from ..models import Drive, DriveTarget, Result
from ..reading.progress import Line, Report


def chosen(target: str, areas: Iterable[str]) -> QuerySet[Any]:
    """The buildings or firms in these areas that an action goes to."""
    inside = Q(pk__in=[])
    for code in areas:
        inside |= prefix_filter("area_code", prefix_of(code))
    if target == Target.ORGANISATIONS:
        firms = Organisation.objects.filter(inside, closed_on=None)
        return firms.exclude(status=OrganisationStatus.CLOSED)
    rows = Building.objects.filter(inside)
    if target == Target.HIGH_RISE:
        return rows.filter(high_rise=True)
    if target == Target.RENTED:
        rented = Room._base_manager.filter(building=OuterRef("pk"), state=RoomState.RENTED)
        return rows.filter(Exists(rented))
    return rows


def drives() -> QuerySet[Drive]:
    """The actions in reach: those under way first."""
    return Drive.objects.select_related("form").order_by("-state", "-begins_on", "-pk")


def standing(rows: Iterable[Drive]) -> dict[int, Share]:
    """How far each is, inside the reach; one query."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    targets = DriveTarget.objects.filter(drive__in=list(rows)).values_list("drive", "done_at")
    for pk, done in targets:
        found[pk][0] += done is not None
        found[pk][1] += 1
    return {pk: Share(*numbers) for pk, numbers in found.items()}


def report(drive: Drive, day: date) -> Report:
    """Completion by grid at the end of a day, as the reach allows."""
    lines: dict[str, Line] = {}
    begin = timezone.make_aware(datetime.combine(day, time.min))
    end = begin + timedelta(days=1)
    for code, done in DriveTarget.objects.filter(drive=drive).values_list("area_code", "done_at"):
        line = lines.setdefault(code, Line(code, ""))
        line.all += 1
        line.done += done is not None and done < end
        line.new += done is not None and begin <= done < end
    for result in _bad(drive, end):
        _count(
            lines.setdefault(result.inspection.area_code, Line(result.inspection.area_code, "")),
            result,
            begin,
        )
    names = territory.names_of(lines)
    for code, line in lines.items():
        line.name = territory.short_name(names.get(code, code))
    return Report(day, _sum(lines.values()), [lines[code] for code in sorted(lines)])


def _bad(drive: Drive, end: datetime) -> QuerySet[Result]:
    rows = Result.objects.filter(inspection__drive=drive, inspection__at__lt=end)
    return rows.filter(outcome__in=(Outcome.BAD, Outcome.FIXED)).select_related("inspection", "case")


def _count(line: Line, result: Result, begin: datetime) -> None:
    line.found += 1
    line.found_new += result.inspection.at >= begin
    line.fixed += result.outcome == Outcome.FIXED
    line.open += result.case is not None and result.case.closed_at is None
    line.major += result.level == "major"


def _sum(lines: Iterable[Line]) -> Line:
    total, counted = Line("", ""), Counter[str]()
    for line in lines:
        counted.update({name: value for name, value in vars(line).items() if isinstance(value, int)})
    for name, value in counted.items():
        setattr(total, name, value)
    return total


def gaps(drive: Drive, area: str = "") -> QuerySet[DriveTarget]:
    """What is still to be looked at."""
    rows = DriveTarget.objects.filter(drive=drive, done_at=None).select_related("building", "organisation")
    rows = rows.filter(prefix_filter("area_code", prefix_of(area))) if area else rows
    return rows.order_by("area_code", "building__name", "organisation__name", "pk")
