"""Who is looked after, by whom, and when the next visit is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Grant, User
from wangge.foundation.access.queries import may
from wangge.lib.scoping import prefix_filter, prefix_of

from ..models import CareContact, CarePerson, CareService, VisitRule
from .homes import buildings_of

DAYS = {"week": 7, "month": 30, "quarter": 91, "half_year": 182, "year": 365}


@dataclass(frozen=True)
class Rule:
    """How often: one visit in ``days`` days, as the rule called ``name`` says."""

    days: float
    name: str
    example: bool


class Rules:
    """探访频次 in force: the rule of the nearest area and the person's class, else the one for everybody."""

    def __init__(self, day: date) -> None:
        rows = VisitRule._base_manager.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
        self._rows = sorted(rows, key=lambda row: -len(prefix_of(row.area_code)))

    def of(self, area: str, care_class: str, level: str) -> Rule | None:
        """The rule for somebody of this class and level living in an area; None where nobody set one."""
        for wanted in (care_class, ""):
            for row in self._rows:
                fits = row.care_class == wanted and row.level == level
                if fits and area.startswith(prefix_of(row.area_code)) and row.times:
                    return Rule(DAYS[row.period] / row.times, row.name, row.example)
        return None


@dataclass(frozen=True)
class Cared:
    """Somebody looked after: since when, the last service, when the next is due (None: no rule says)."""

    row: CarePerson
    contact: User | None
    last: date | None
    next: date | None

    def due_on(self, day: date) -> bool:
        return self.next is not None and self.next <= day

    def class_for(self, user: Any) -> str:
        """The class as a code, to whom it concerns: the named contact, and who manages care there."""
        mine = self.contact is not None and self.contact.pk == getattr(user, "pk", None)
        return self.row.care_class if mine or may(user, "care.manage", self.row.area_code) else ""


def active_care() -> QuerySet[CarePerson]:
    """Active care persons in reach, in order of place."""
    return CarePerson.objects.filter(ends_on=None).order_by("area_code", "pk")


def cared_for(rows: Iterable[CarePerson], day: date | None = None) -> list[Cared]:
    """The rows with their contacts and dates; three statements."""
    listed, today = list(rows), day or timezone.localdate()
    keys = [row.pk for row in listed]
    contacts = {
        one.care_id: one.user
        for one in CareContact._base_manager.filter(care__in=keys, ends_on=None).select_related("user")
    }
    last = dict(
        CareService._base_manager.filter(care__in=keys).values_list("care").annotate(at=Max("at")).order_by()
    )
    rules = Rules(today)
    return [_cared(row, contacts.get(row.pk), last.get(row.pk), rules) for row in listed]


def _cared(row: CarePerson, contact: User | None, at: datetime | None, rules: Rules) -> Cared:
    seen = timezone.localtime(at).date() if at else None
    rule = rules.of(row.area_code, row.care_class, row.level)
    due = None
    if rule is not None:
        due = seen + timedelta(days=int(rule.days)) if seen else row.begins_on
    return Cared(row, contact, seen, due)


@dataclass(frozen=True)
class Pairing:
    """一对一配对率 (spec 4.2): active care persons with a contact ÷ active care persons."""

    paired: int
    active: int

    @property
    def unpaired(self) -> int:
        return self.active - self.paired

    def __str__(self) -> str:
        return f"{100 * self.paired / self.active:.2f}%" if self.active else "—"


def pairing_rate(area: str = "") -> Pairing:
    """Of an area in reach; two numbers, one statement."""
    inside = prefix_filter("area_code", prefix_of(area))
    counted = CarePerson.objects.filter(inside, ends_on=None).aggregate(
        active=Count("pk", distinct=True),
        paired=Count("pk", filter=Q(contacts__ends_on=None, contacts__isnull=False), distinct=True),
    )
    return Pairing(counted["paired"], counted["active"])


def unpaired(area: str = "") -> QuerySet[CarePerson]:
    """Active care persons in reach without a contact (target: none)."""
    held = CareContact._base_manager.filter(ends_on=None).values("care")
    return active_care().filter(prefix_filter("area_code", prefix_of(area))).exclude(pk__in=held)


@dataclass(frozen=True)
class Proposal:
    """Somebody without a contact, who could be it, and why; worker None: nobody works in the grid."""

    care: CarePerson
    worker: User | None
    same_building: bool
    load: int


def proposals(area: str = "", most: int = 500) -> list[Proposal]:
    """For each unpaired person a worker of the grid: who looks after somebody in the same building first,
    then who has the fewest; counted on as it proposes, so that the load stays even."""
    waiting = list(unpaired(area).select_related("person")[:most])
    buildings = buildings_of(row.person_id for row in waiting)
    workers = workers_of({row.area_code for row in waiting})
    people = {worker.pk: worker for listed in workers.values() for worker in listed}
    load, near = _loads(people.keys())
    return [_propose(row, buildings.get(row.person_id), workers, load, near) for row in waiting]


def _propose(
    row: CarePerson,
    building: int | None,
    workers: dict[str, list[User]],
    load: dict[int, int],
    near: dict[int, set[int]],
) -> Proposal:
    listed = workers.get(row.area_code, [])
    if not listed:
        return Proposal(row, None, False, 0)
    best = min(
        listed, key=lambda one: (building is None or building not in near[one.pk], load[one.pk], one.pk)
    )
    same, before = building is not None and building in near[best.pk], load[best.pk]
    load[best.pk] += 1
    if building is not None:
        near[best.pk].add(building)
    return Proposal(row, best, same, before)


def workers_of(areas: Collection[str]) -> dict[str, list[User]]:
    """The active grid workers of these grids, by the area their grant names."""
    today = timezone.localdate()
    held = Grant.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today), area_code__in=areas, role=Role.GRID_WORKER,
        user__is_active=True, valid_from__lte=today,
    ).select_related("user")  # fmt: skip
    found: dict[str, dict[int, User]] = defaultdict(dict)
    for grant in held.order_by("user_id"):
        found[grant.area_code][grant.user_id] = grant.user
    return {area: list(users.values()) for area, users in found.items()}


def _loads(users: Collection[int]) -> tuple[dict[int, int], dict[int, set[int]]]:
    """How many each of them looks after, and in which buildings."""
    rows = CareContact._base_manager.filter(user__in=users, ends_on=None, care__ends_on=None)
    pairs = list(rows.values_list("user_id", "care__person_id"))
    buildings = buildings_of(person for _user, person in pairs)
    load, near = dict.fromkeys(users, 0), {user: set[int]() for user in users}
    for user, person in pairs:
        load[user] += 1
        if person in buildings:
            near[user].add(buildings[person])
    return load, near
