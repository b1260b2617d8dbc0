"""Limits, and clocks that run on the wall or only while the offices of a district work.

Moments are aware datetimes and count to the whole second: what lies behind it is cut off, so that adjacent
intervals add up exactly. The working spans of the years asked about are laid out once, with the working
seconds before each of them; a sum or a due moment is then two searches in that list, however long the time.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import ngettext_lazy

DAY = 86400
WALL = {"m": 60, "h": 3600, "d": DAY}  # seconds of one unit on the wall clock
WORKING = ("wh", "wd")
FIRST_YEAR, LAST_YEAR = 1970, 2199  # a clock outside of these years is a mistake
CHINA = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
WORDS = {
    "m": ngettext_lazy("%(n)d 分钟", "%(n)d 分钟", "n"),
    "h": ngettext_lazy("%(n)d 小时", "%(n)d 小时", "n"),
    "d": ngettext_lazy("%(n)d 天", "%(n)d 天", "n"),
    "wh": ngettext_lazy("%(n)d 个工作小时", "%(n)d 个工作小时", "n"),
    "wd": ngettext_lazy("%(n)d 个工作日", "%(n)d 个工作日", "n"),
}
_LIMIT = re.compile(r"(0|[1-9][0-9]{0,4})(m|h|d|wh|wd)")

Pause = tuple[datetime, datetime | None]


class BadLimit(ValueError):
    """Not a limit: a number up to 99999 and one of m, h, d, wh, wd."""


class NoEnd(ValueError):
    """A clock begins before 1970 or does not run out before 2200: a calendar without working days."""


@dataclass(frozen=True)
class Limit:
    """``amount`` of a unit: m, h, d run on the wall clock, working hours wh and days wd in working time."""

    amount: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Limit:
        """A limit as a procedure writes it: "10m", "24h", "15d", "4wh", "3wd".

        Raises:
            BadLimit: it is something else.
        """
        found = _LIMIT.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise BadLimit(text)
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def words(self) -> str:
        """For people: 2 小时, 3 个工作日."""
        return str(WORDS[self.unit] % {"n": self.amount})


class _Laid(NamedTuple):
    """Working spans of whole years in seconds since 1970; ``before[i]`` working seconds lie before span i."""

    first: int  # years
    last: int
    opens: float  # seconds since 1970 at which these years begin and end
    shuts: float
    begins: list[int]
    ends: list[int]
    before: list[int]

    def worked(self, moment: int) -> int:
        """Working seconds from the beginning of the list until ``moment``."""
        at = bisect_right(self.begins, moment) - 1
        return 0 if at < 0 else self.before[at] + min(moment, self.ends[at]) - self.begins[at]

    def total(self) -> int:
        return self.before[-1] + self.ends[-1] - self.begins[-1] if self.begins else 0

    def moment(self, worked: int) -> int:
        """The first moment by which so many working seconds (more than 0) have passed."""
        at = bisect_left(self.before, worked) - 1
        return self.begins[at] + worked - self.before[at]


class Worktime:
    """The working time of a district.

    Args:
        works: whether offices work on a day, with its holidays and 调休. Asked once per day, for whole years
            ahead, and remembered: make a new Worktime when the calendar changes.
        spans: the hours of a working day, in order, apart from each other; an end of 00:00 is midnight.
        zone: where the offices stand.

    Raises:
        ValueError: no spans, or spans that overlap, are empty or out of order.
    """

    def __init__(
        self,
        works: Callable[[date], bool],
        spans: Iterable[tuple[time, time]] = OFFICE_HOURS,
        zone: ZoneInfo = CHINA,
    ) -> None:
        self._works, self._zone, self._spans = works, zone, tuple(spans)
        marks = [_second(*mark) for span in self._spans for mark in ((span[0], False), (span[1], True))]
        if not marks or any(late <= early for early, late in pairwise(marks)):
            raise ValueError("working hours: spans in order, apart, each ending after it begins")
        self.day = sum(marks[1::2]) - sum(marks[::2])
        self._laid: _Laid | None = None

    def length(self, limit: Limit) -> int:
        """Seconds of the limit on its own clock; a working day is the working time of one full day."""
        if limit.unit in WALL:
            return limit.amount * WALL[limit.unit]
        return limit.amount * (self.day if _unit(limit.unit) == "wd" else 3600)

    def spent(self, unit: str, begin: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> int:
        """Seconds that the clock of a unit ran between two moments; 0 when ``end`` is not after ``begin``.

        Pauses ``(from, to)`` are left out, ``to`` None when still open; they may overlap, in any order.
        """
        start, stop = _stamp(begin), _stamp(end)
        _unit(unit)
        if stop <= start:
            return 0
        worked = self._clock(unit, start, stop)
        return sum(worked(int(until)) - worked(since) for since, until in _runs(start, stop, pauses))

    def due(self, limit: Limit, begin: datetime, pauses: Iterable[Pause] = ()) -> datetime | None:
        """The first moment at which ``spent`` reaches the limit; None while an open pause forbids it.

        Raises:
            NoEnd: the calendar does not hold so much working time before 2200.
        """
        return self.reached(limit.unit, self.length(limit), begin, pauses)

    def reached(
        self, unit: str, seconds: int, begin: datetime, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        """As ``due`` for so many seconds of the clock of a unit, such as three quarters of a limit."""
        cursor, left = _stamp(begin), seconds
        _unit(unit)
        if left <= 0:
            return datetime.fromtimestamp(cursor, self._zone)
        for since, until in _runs(cursor, inf, pauses):
            if until < inf:
                worked = self._clock(unit, since, int(until))
                ran = worked(int(until)) - worked(since)
                if ran < left:
                    left -= ran
                    continue
            return datetime.fromtimestamp(self._after(unit, since, left), self._zone)
        return None

    def _clock(self, unit: str, start: int, stop: int) -> Callable[[int], int]:
        if unit in WALL:
            return int
        laid = self._laid
        if laid is None or start < laid.opens or stop >= laid.shuts:
            laid = self._lay(self._year(start), self._year(stop))
        return laid.worked

    def _after(self, unit: str, since: int, left: int) -> int:
        """The moment ``left`` seconds (more than 0) after ``since`` with no pause between."""
        if unit in WALL:
            return since + left
        laid = self._laid
        if laid is None or since < laid.opens or since >= laid.shuts:
            laid = self._lay(self._year(since), self._year(since))
        wanted = laid.worked(since) + left
        while wanted > laid.total():
            laid = self._lay(laid.first, laid.last + 1)
            wanted = laid.worked(since) + left
        return laid.moment(wanted)

    def _lay(self, first: int, last: int) -> _Laid:
        """Lay out the years; swapped in whole, so that threads may share a Worktime."""
        old = self._laid
        if old is not None:
            first, last = min(first, old.first), max(last, old.last)
        if first < FIRST_YEAR or last > LAST_YEAR:
            raise NoEnd(f"{first}–{last}")
        kept = old if old is not None and first == old.first else None  # usually some more years are added
        spans = list(zip(kept.begins, kept.ends, strict=True)) if kept else []
        spans += self._spans_of(kept.last + 1 if kept else first, last)
        before = [0, *accumulate(end - begin for begin, end in spans)][: len(spans)]
        begins, ends = [begin for begin, _ in spans], [end for _, end in spans]
        opens, shuts = self._midnight(date(first, 1, 1)), self._midnight(date(last + 1, 1, 1))
        self._laid = _Laid(first, last, opens, shuts, begins, ends, before)
        return self._laid

    def _spans_of(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        day, until = date(first, 1, 1), date(last, 12, 31)
        while day <= until:
            if self._works(day):
                for begin, end in self._spans:
                    next_day = day + timedelta(days=1)
                    closing = self._midnight(next_day) if end == time() else self._moment(day, end)
                    yield self._moment(day, begin), closing
            day += timedelta(days=1)

    def _moment(self, day: date, at: time) -> int:
        return int(datetime.combine(day, at, self._zone).timestamp())

    def _year(self, stamp: int) -> int:
        return datetime.fromtimestamp(stamp, self._zone).year

    def _midnight(self, day: date) -> int:
        return self._moment(day, time())


def _second(at: time, closing: bool) -> int:
    """The second of a day; 00:00 as an end is the day's last."""
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    return DAY if closing and not seconds else seconds


def _unit(unit: str) -> str:
    if unit not in WALL and unit not in WORKING:
        raise BadLimit(unit)
    return unit


def _stamp(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a clock needs moments with a time zone")
    return int(moment.timestamp() // 1)


def _runs(start: int, stop: float, pauses: Iterable[Pause]) -> Iterator[tuple[int, float]]:
    """The stretches of ``start`` to ``stop`` without a pause, in order; only the last may have no end."""
    cursor: float = start
    for since, until in sorted((_stamp(a), inf if b is None else _stamp(b)) for a, b in pauses):
        if since >= stop:
            break
        if until <= max(cursor, since):
            continue
        if since > cursor:
            yield int(cursor), since
        cursor = until
    if cursor < stop:
        yield int(cursor), stop
