"""What a case counts for: a function of its row alone, so that kept counts can be proved (spec 4.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone

from ..enums import MAJOR, NO_MATTER, Source
from ..models import Case, MonthTally

Key = tuple[date, str, str, str, str]  # day, area, system, kind, measure
TOWN, COMMUNITY = MonthTally.TOWN, MonthTally.COMMUNITY
OWN = {Source.WORKER, Source.PATROL}


def counted(case: Case) -> Counter[Key]:
    """Every measure the case counts for, on the day it counts on."""
    found: Counter[Key] = Counter()
    for at, measure, times in _measures(case):
        if at is not None and times:
            found[(_day(at), case.area_code, case.system, case.kind, measure)] += times
    return found


def _measures(case: Case) -> Iterator[tuple[datetime | None, str, int]]:
    yield case.raised_at, "received", 1
    yield case.raised_at, "own", int(case.source in OWN)
    yield case.raised_at, "merged", int(case.merged_into_id is not None)
    yield from _of_valid(case)
    yield case.filed_at, "filed", int(case.filed is True)
    yield case.filed_at, "not_filed", int(case.filed is False)
    yield from _on_time(case)
    for measure in ("dispatched", "reassigned", "verified", "reworked", "extended", "hung", "reopened"):
        yield case.raised_at, measure, getattr(case, measure)
    yield case.closed_at, "closed_then", int(case.merged_into_id is None)
    yield from _said_by_reporter(case)


def _of_valid(case: Case) -> Iterator[tuple[datetime | None, str, int]]:
    """Of matters there are: neither another number's, nor void or withdrawn."""
    if case.merged_into_id is not None or case.state in NO_MATTER:
        return
    ended, major = case.closed_at is not None or case.rating is not None, case.level == MAJOR
    at_once = case.closed_at is not None and case.handled_at == case.closed_at  # one step did both
    said = {
        "valid_filed": case.filed, "ended": ended, "delayed": case.extended, "shelved": case.hung,
        "sent_up": case.dispatched, "at_once": at_once, "major": major, "major_ended": major and ended,
    }  # fmt: skip
    yield case.raised_at, "valid", 1
    for measure, holds in said.items():
        yield case.raised_at, measure, int(bool(holds))


def _on_time(case: Case) -> Iterator[tuple[datetime | None, str, int]]:
    """Of those due on a day: how many were done at all, and in time. Not filed, merged, void or withdrawn:
    nothing was due."""
    if case.filed is False or case.merged_into_id is not None or case.state in NO_MATTER:
        return
    due, closed = case.close_due, case.closed_at
    yield due, "due", 1
    yield due, "closed", int(closed is not None)
    yield due, "in_time", int(closed is not None and due is not None and closed <= due)
    due, handled = case.handle_due, case.handled_at
    yield due, "handle_due", 1
    yield due, "handled", int(handled is not None)
    yield due, "handled_in_time", int(handled is not None and due is not None and handled <= due)
    due, verified = case.verify_due, case.verified_at
    yield due, "verify_due", 1
    yield due, "verified_in_time", int(verified is not None and due is not None and verified <= due)


def _said_by_reporter(case: Case) -> Iterator[tuple[datetime | None, str, int]]:
    yield case.raised_at, "rated", int(case.rating is not None)
    yield case.raised_at, "content", int(case.rating == 3)
    yield case.raised_at, "rather_content", int(case.rating == 2)
    yield case.raised_at, "score", case.rating or 0
    yield case.raised_at, "asked_solved", int(case.solved is not None)
    yield case.raised_at, "solved", int(case.solved is True)


def by_town(counts: Mapping[Key, int]) -> Counter[Key]:
    """The same counts by the town."""
    found: Counter[Key] = Counter()
    for (day, area, system, kind, measure), times in counts.items():
        found[(day, area[:TOWN], system, kind, measure)] += times
    return found


def by_month(counts: Mapping[Key, int], digits: int) -> Counter[Key]:
    """The same counts by the first day of the month and areas of so many digits."""
    found: Counter[Key] = Counter()
    for (day, area, system, kind, measure), times in counts.items():
        found[(day.replace(day=1), area[:digits], system, kind, measure)] += times
    return found


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
