"""What somebody asked of a ledger, and the ties that answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.queries import end_of, standing_in

from .catalogue import Ledger
from .conditions import RULES, Branch, Condition, Moment, among, registered
from .limits import Limits

SORTS = {
    "place": ("area_code", "person_id", "pk"),
    "newest": ("-person_id", "-pk"),
    "name": ("person__name", "pk"),
    "oldest": ("told_at", "pk"),
}
WIDE_SORTS = ("place", "newest")  # what an index gives out in order, however many rows there are
NEVER = date(1900, 1, 1)
FEW = 5_000  # people whose ties are looked up one by one in a few hundredths of a second


@dataclass(frozen=True)
class Filters:
    """Further conditions. name is a personal value: it never stands in an address.

    age_from, age_to: full years; hukou: first digits of a region code; fresh: fresh | due | stale;
    missing: id | phone | birth | hukou; since: arrived on or after.
    """

    name: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    hukou: str = ""
    room_state: str = ""
    education: str = ""
    employer: str = ""
    fresh: str = ""
    since: date | None = None
    missing: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) not in ("", None) for f in fields(self))

    @property
    def used(self) -> list[str]:
        """Names of the conditions in use, for the trail (never their values)."""
        return [f.name for f in fields(self) if getattr(self, f.name) not in ("", None)]


@dataclass(frozen=True)
class Selection:
    """A ledger of one area as of a moment, filtered and sorted."""

    ledger: Ledger
    area_code: str
    moment: Moment
    limits: Limits
    filters: Filters = field(default_factory=Filters)
    sort: str = "place"

    @property
    def is_today(self) -> bool:
        return self.moment.known_at is None and self.moment.day == timezone.localdate()

    @property
    def whole(self) -> bool:
        """Today's whole ledger of the area: its number is counted already."""
        return self.is_today and not self.filters

    def branches(self) -> list[Branch]:
        """The ways into this ledger, with the filters laid upon them."""
        person = Q(self._asked_of_persons)
        return [
            replace(
                branch,
                tie=Q(branch.tie) & tie_conditions(self, branch.kind),
                person=branch.person & person & employer_condition(self, branch.kind),
            )
            for branch in RULES[self.ledger.code](self.moment, self.limits)
        ]

    def parts(self) -> list[QuerySet[Tie]]:
        """The ties that answer, one for each person, within the reach in force: disjoint sets, each of which
        an index gives out in the order of place; those of few people are found by the people, at once."""
        halves = self.moment.halves() if self.few_people is None else (self.moment.holds(),)
        branches = [Tie.objects.filter(self._qualified(branch)) for branch in self.branches()]
        return [rows.filter(half) for rows in branches for half in halves]

    def every_tie(self) -> list[QuerySet[Tie]]:
        """All ties that qualify, in disjoint sets; a person with two homes stands here twice. To count by."""
        return [
            Tie.objects.filter(branch.tie, branch.person, self._inside(), half, kind=branch.kind)
            for branch in self.branches()
            for half in self.moment.halves()
        ]

    @property
    def narrow(self) -> bool:
        """A community or less, or a ledger of few: few enough to be sorted in any way."""
        return self.ledger.few or len(prefix_of(self.area_code)) >= 12

    def sorts(self) -> tuple[str, ...]:
        """The orders offered: what an index gives, and any within a community; not a town's newest."""
        if self.narrow:
            return tuple(SORTS)
        return WIDE_SORTS if len(prefix_of(self.area_code)) <= 6 else WIDE_SORTS[:1]

    @property
    def sorted_here(self) -> bool:
        """All keys are read and sorted by us: databases do not agree on the order of names, of a community's
        few thousand rows none but the order of place stands in an index, and who is rare is found by what
        makes them so, not by going through all others in order."""
        few = self.ledger.few or self.few_people is not None
        return few or (self.narrow and self.sort != "place")

    @cached_property
    def few_people(self) -> list[int] | None:
        """Whom the filters leave where those are few: read from the index of births or names first, because
        in order of place a whole district is gone through to find a handful. None where they are many."""
        asked = self.filters
        if asked.age_from is None and asked.age_to is None and not asked.name:
            return None
        people = Person._base_manager.filter(self._persons(at=""))
        found = list(people.values_list("pk", flat=True)[: FEW + 1])
        return found if len(found) <= FEW else None

    @property
    def _asked_of_persons(self) -> Condition:
        """Of few the answer is known already: their rows need not be joined once more."""
        few = self.few_people
        return self._persons() if few is None else among("person_id", few)

    def _persons(self, at: str = "person__") -> Q:
        asked = person_conditions(self.filters, self.moment.day, at)
        return registered(self.moment, timezone.localdate(), at) & asked

    def _inside(self) -> Condition:
        """Ties of the area: today by the code, on another day by where their places stood then."""
        return self._place

    @cached_property
    def _place(self) -> Condition:
        if self.is_today:
            return prefix_filter("area_code", prefix_of(self.area_code))
        return standing_in(self.area_code, self.moment.day, self.moment.known_at)

    def _qualified(self, branch: Branch) -> Condition:
        """Of a person's several ties that qualify, the first in order of place speaks for the person."""
        earlier = Tie._base_manager.filter(
            self._inside(), self.moment.holds(), branch.tie, kind=branch.kind, person=OuterRef("person")
        ).filter(
            Q(area_code__lt=OuterRef("area_code")) | Q(area_code=OuterRef("area_code"), pk__lt=OuterRef("pk"))
        )
        return Q(kind=branch.kind) & self._inside() & branch.tie & branch.person & ~Exists(earlier)


def person_conditions(filters: Filters, day: date, at: str = "person__") -> Q:
    """The filters that speak of the person.

    Args:
        at: the way from the rows to the person, "" for persons themselves.
    """
    wanted = Q()
    for name, condition in _PERSON.items():
        if value := getattr(filters, name):
            wanted &= condition(at, value)
    if filters.age_from is not None:
        wanted &= Q(**{f"{at}birth__lte": _years_before(day, filters.age_from)})
    if filters.age_to is not None:
        wanted &= Q(**{f"{at}birth__gt": _years_before(day, filters.age_to + 1)})
    return wanted


_MISSING: dict[str, tuple[str, str | None]] = {
    "id": ("id_index", None),
    "phone": ("phone_index", ""),
    "birth": ("birth", None),
    "hukou": ("hukou_region", ""),
}
_PERSON: dict[str, Callable[[str, str], Q]] = {
    "name": lambda at, value: Q(**{f"{at}name__startswith": value}),
    "sex": lambda at, value: Q(**{f"{at}sex": value}),
    "education": lambda at, value: Q(**{f"{at}education": value}),
    "hukou": lambda at, value: prefix_filter(f"{at}hukou_region", value),
    "missing": lambda at, value: Q(**{f"{at}{_MISSING[value][0]}": _MISSING[value][1]}),
}


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def tie_conditions(selection: Selection, kind: str) -> Q:
    """The filters that speak of the tie a row stands for."""
    filters, wanted = selection.filters, Q()
    if filters.room_state:
        wanted &= Q(room__state=filters.room_state)
    if filters.since:
        wanted &= Q(valid_from__gte=filters.since)
    if filters.fresh:
        wanted &= freshness(filters.fresh, selection.moment.day, selection.limits)
    if filters.employer and kind == TieKind.WORKS:
        wanted &= Q(organisation__name__contains=filters.employer)
    return wanted


def employer_condition(selection: Selection, kind: str) -> Q:
    """In ledgers of homes the employer stands on another tie of the person, in reach like all rows."""
    wanted = selection.filters.employer
    if not wanted or kind == TieKind.WORKS:
        return Q()
    jobs = Tie.objects.filter(
        selection.moment.holds(),
        kind=TieKind.WORKS,
        person=OuterRef("person"),
        organisation__name__contains=wanted,
    )
    return Q(Exists(jobs))


def freshness(which: str, day: date, limits: Limits) -> Q:
    """Confirmed at most ``fresh_days`` ago, at most ``stale_days`` ago, or longer (or never)."""
    fresh = _confirmed_since(day - timedelta(days=limits.fresh_days))
    known = _confirmed_since(day - timedelta(days=limits.stale_days))
    return {"fresh": fresh, "due": known & ~fresh, "stale": ~known}[which]


def _confirmed_since(day: date) -> Q:
    tie = Q(confirmed_at__isnull=False, confirmed_at__gte=day)
    return tie | Q(person__confirmed_at__isnull=False, person__confirmed_at__gte=day)


def as_of(day: date | None = None, known_at: datetime | None = None) -> Moment:
    """The moment asked for; today as known now when nothing was."""
    return Moment(day or timezone.localdate(), known_at)


def asked_moment(day: date | None = None, known_on: date | None = None) -> Moment:
    """What was true on one day, as known at the end of the other (today or none: as known now)."""
    before = known_on is not None and known_on < timezone.localdate()
    return as_of(day, end_of(known_on) if before and known_on else None)
