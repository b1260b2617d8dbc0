"""Duties are made for a day, or for many; made again they are the same (S83).

What is made for a day depends on the day and on the register, not on what was made before: in whatever order
and however often days are made, the same duties stand. A visit that should have fallen on one of the last
days and is not there (its door changed places in the order) is made with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.foundation.journal import actions as journal
from wangge.lib.bulk import find_rows
from wangge.lib.garbage import kept
from wangge.lib.scoping import EVERYWHERE, within

from ..enums import DutyKind, DutyState
from ..models import CareContact, Duty, GeneratedDay, Scene, VisitRule
from ..models.scene import in_force
from ..queries.workers import Workers, all_workers
from ..reading.days import DAY, days_between, period_of
from ..reading.sharing import share
from .generate_doors import Door, Doors
from .generate_patrols import Patrols
from .generate_rows import NewDuty, in_turn, wait_for_turn, write_new
from .generate_visits import Planned, Visits

VISIT = DutyKind.VISIT.value
BACK = 6  # days looked back for visits that are not there
LONGEST = 400  # days made in one call


@dataclass(frozen=True)
class Made:
    """How many duties were new, and of how many days."""

    days: int
    duties: int


def generate_duties(*, actor: Any, day: date) -> int:
    """Make the duties of one day for every grid; returns how many were new."""
    return generate_days(actor=actor, first=day, last=day).duties


@kept()
def generate_days(
    *, actor: Any, first: date, last: date, progress: Callable[[date], None] = lambda day: None
) -> Made:
    """Make the duties of every day from ``first`` to ``last``, month by month, each in one transaction.

    Raises:
        ValueError: the last day lies before the first, or more than ``LONGEST`` after it.
    """
    if not 0 <= (last - first).days < LONGEST:
        raise ValueError(f"1 to {LONGEST} days, not {(last - first).days + 1}")
    months = list(_months(first, last))
    written: list[int] = []
    workers, doors, knows = all_workers(), Doors(first), Knowing()
    with within(EVERYWHERE):
        with in_turn(several=len(months) > 1) as hand_over:
            for begin, end in months:
                since = begin - DAY * BACK if begin == first else begin
                duties = _duties(begin, end, workers, Visits(since, end, doors), knows)
                hand_over(partial(_write, begin, end, duties, written))
                progress(end)
        told = {"from": first.isoformat(), "to": last.isoformat(), "duties": sum(written)}
        if any(written):
            journal.record("duty.generated", actor=actor, area="", changes=told)
    return Made((last - first).days + 1, sum(written))


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        end = min(last, period_of(first, "month").last)
        yield first, end
        first = end + DAY


def _duties(first: date, last: date, workers: Workers, visits: Visits, knows: Knowing) -> list[NewDuty]:
    """All duties of these days of one month."""
    patrols = Patrols(first, last, workers)
    duties = [duty for day in days_between(first, last) for duty in patrols.on(day)]
    duties += patrols.screenings(last)
    duties += _visits(visits, workers, knows, first)
    return duties


def _write(first: date, last: date, duties: list[NewDuty], written: list[int]) -> None:
    """Write those that are new, and that these days were made; tells ``written`` how many."""
    new = write_new(duties)
    GeneratedDay.objects.bulk_create(
        [GeneratedDay(day=day, rows=new if day == last else 0) for day in days_between(first, last)],
        ignore_conflicts=True,
    )
    written.append(new)


def _visits(visits: Visits, workers: Workers, knows: Knowing, first: date) -> list[NewDuty]:
    """The visits of each grid and day, shared between its workers; those of the days before ``first`` that
    can still be made in time are among them."""
    grouped: dict[tuple[str, date], list[Planned]] = defaultdict(list)
    for planned in visits.planned():
        grouped[(planned.door.area_code, planned.day)].append(planned)
    knows.read({one.door.room for several in grouped.values() for one in several if one.door.room})
    scenes = _scenes_by_class(visits.last)
    duties: list[NewDuty] = []
    for (area, day), several in grouped.items():
        several.sort(key=lambda one: (one.door.walk, one.door.care or 0, one.slot.first))
        crew = workers.of(area, day)
        given = share([knows.of(one.door, crew) for one in several], crew, day.toordinal())
        for one, worker in zip(several, given, strict=True):
            if (due := one.due) >= first:
                door = one.door
                scene = scenes.get(door.care_class)
                duties.append(
                    NewDuty(one.key, VISIT, area, day, due, worker, scene, door.care, door.room, door.person)
                )
    return duties


class Knowing:
    """Who is to go to a door: the contact of the care person, else who was there last."""

    def __init__(self) -> None:
        held = CareContact._base_manager.filter(ends_on=None)
        self.contacts: dict[int, int] = dict(held.values_list("care_id", "user_id"))
        self.last: dict[int, int | None] = {}

    def read(self, rooms: set[int]) -> None:
        """Look up who was last in these rooms, unless that is known."""
        new = rooms - self.last.keys()
        self.last |= dict.fromkeys(new) | _last_there(new)

    def of(self, door: Door, crew: Sequence[int]) -> int | None:
        """One of the crew, or None."""
        for user in (self.contacts.get(door.care or 0), self.last.get(door.room or 0)):
            if user in crew:
                return user
        return None


def _last_there(rooms: set[int]) -> dict[int, int]:
    """Room -> who did the last visit there."""
    done = find_rows(Duty, "room", sorted(rooms), ["room", "done_at", "done_by"], where="state = 'done'")
    users = dict(User.objects.filter(username__in={row[2] for row in done}).values_list("username", "pk"))
    last: dict[int, int] = {}
    for room, _at, username in sorted(done, key=lambda row: str(row[1])):
        if username in users:
            last[room] = users[username]
    return last


def _scenes_by_class(day: date) -> dict[str, int]:
    """Class of care person ("" for a household) -> the scene that says what to look at there."""
    rows = Scene._base_manager.filter(in_force(day), kind="weekly", key__startswith="visit-").order_by("pk")
    found = {key.removeprefix("visit-"): pk for key, pk in rows.values_list("key", "pk")}
    return {("" if name == "household" else name): pk for name, pk in found.items()}


def keep_up(today: date | None = None) -> int:
    """Sweep: make every day that is missing up to today, today's patrols again (an order may have begun),
    and close what is over; returns how many duties were new. Before there is any scene it does nothing."""
    today = today or timezone.localdate()
    if not Scene._base_manager.exists() and not VisitRule._base_manager.exists():
        return 0
    made = sum(generate_days(actor="system", first=first, last=last).duties for first, last in missing(today))
    with within(EVERYWHERE), transaction.atomic():
        wait_for_turn()
        patrols = Patrols(today, today, all_workers())
        made += write_new([*patrols.on(today), *patrols.screenings(today)])
    mark_overdue(today)
    return made


def missing(today: date) -> list[tuple[date, date]]:
    """The stretches of days up to today that were not made, since the first that was."""
    since = today - timedelta(days=LONGEST - 1)
    known = set(GeneratedDay.objects.filter(day__gte=since, day__lte=today).values_list("day", flat=True))
    begun = GeneratedDay.objects.order_by("day").values_list("day", flat=True).first() or today
    stretches: list[tuple[date, date]] = []
    for day in days_between(max(since, min(begun, today)), today):
        if day in known:
            continue
        if stretches and stretches[-1][1] == day - DAY:
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
    return stretches


@transaction.atomic
def mark_overdue(today: date) -> int:
    """A patrol whose day is over was missed; a visit or screening once the next one at the same door, or of
    the same grid, has begun: until then it is still worth doing."""
    late = Duty._base_manager.filter(state=DutyState.OPEN, due_on__lt=today)
    patrols = late.filter(kind=DutyKind.PATROL)
    later = Duty._base_manager.filter(begins_on__gt=OuterRef("due_on"), begins_on__lte=today)
    visits = late.filter(kind=DutyKind.VISIT)
    screenings = late.filter(kind=DutyKind.SCREENING)
    same_grid = later.filter(kind=DutyKind.SCREENING, area_code=OuterRef("area_code"))
    over = [
        patrols,
        visits.filter(Exists(later.filter(care=OuterRef("care")))),
        visits.filter(Exists(later.filter(room=OuterRef("room"), care=None)), care=None),
        screenings.filter(Exists(same_grid.filter(scene__key=OuterRef("scene__key")))),
    ]
    return sum(rows.update(state=DutyState.MISSED) for rows in over)
