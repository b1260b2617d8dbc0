"""Whatever happens in whatever order, nobody is counted twice and no former count is lost.

A plain list of who was tied to which grid is kept beside the register after every event. Later the register
is asked what it knew at that moment; the answer must be that list. Who is one person is always answered as
known today: two rows merged since are one person on every day.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import shapely
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cast import COMMUNITY, GRID
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory import actions as territory
from wangge.foundation.territory.models import Area, GridShape
from wangge.foundation.territory.queries import grid_codes_on
from wangge.foundation.territory.rules import NotPossible
from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Selection, as_of
from wangge.registry.ledgers.queries.counts import count_by_area, counts_at, lines_at
from wangge.registry.ledgers.queries.ledgers import page_of
from wangge.registry.ledgers.queries.lines import number_of
from wangge.registry.people import actions
from wangge.registry.people.models import Building, Departure, Merge, Organisation, Person, Room, Tie
from wangge.registry.people.queries import counts_then, residents_by_grid
from wangge.registry.people.rules import Declined

pytestmark = pytest.mark.django_db
BEGIN = date(2024, 1, 1)
KINDS = {"hukou": "hukou", "works": "staff"}  # kind of tie → the ledger that is no more than these ties


def target_of(tie: Tie) -> tuple[Any, ...]:
    return tie.person_id, tie.kind, tie.room_id, tie.organisation_id, tie.area_code


@dataclass
class Snapshot:
    """What stood in the register at a moment: (tie, kind, grid) of every tie that held, and who was gone."""

    at: datetime
    ties: set[tuple[int, str, str]]
    gone: set[int]

    @classmethod
    def now(cls) -> Snapshot:
        doubles = {pk for merge in Merge.objects.filter(undone_at=None) for pk in merge.moved["closed"]}
        open_ones = list(Tie.objects.filter(known_to=None))
        standing = {target_of(tie) for tie in open_ones if tie.valid_to is None}
        # one closed as the double of another holds with that other, and ends when it ends
        twins = [tie for tie in Tie.objects.filter(pk__in=doubles) if target_of(tie) in standing]
        held, today = [*open_ones, *twins], timezone.localdate()
        rows = {
            (tie.pk, tie.kind, tie.area_code)
            for tie in held
            if (tie.valid_to is None or tie.valid_to > today)
            and (not tie.valid_from or tie.valid_from <= today)
        }
        gone = Person.objects.filter(status__in=["dead", "left"]).values_list("pk", flat=True)
        # while merged into somebody, a row keeps its own story: it comes back with it when that is undone
        told = Departure.objects.filter(person__status="merged", known_to=None)
        return cls(timezone.now(), rows, {*gone, *told.values_list("person", flat=True)})

    def people(self, kind: str, *, present: bool) -> set[tuple[int, str]]:
        """(person, grid) of a kind, each row's person as known today; ``present``: without who was gone."""
        who = dict(Tie.objects.values_list("pk", "person"))
        found = {(who[pk], area) for pk, of_kind, area in self.ties if of_kind == kind}
        return {(person, area) for person, area in found if not (present and person in self.gone)}


@dataclass
class World:
    """One community: a grid of two buildings with a point, one without, two firms."""

    rooms: list[Room]
    firms: list[Organisation]
    taken: list[Snapshot] = field(default_factory=list)

    @property
    def people(self) -> list[Person]:
        return list(Person.objects.exclude(status="merged").order_by("pk"))

    def grids(self) -> list[Area]:
        codes = grid_codes_on(timezone.localdate(), COMMUNITY)
        return list(Area.objects.filter(code__in=codes).order_by("code"))


def a_world() -> World:
    parent = None
    for level, code in [("district", "440703000000"), ("town", "440703002000"), ("community", COMMUNITY)]:
        parent = Area.objects.create(code=code, level=level, name=level, parent=parent)
    grid = Area.objects.create(code=GRID, level="grid", kind="general", name="甲网格", parent=parent)
    square = json.dumps(shapely.geometry.mapping(shapely.box(113.05, 22.60, 113.07, 22.62)))
    GridShape.objects.create(grid=grid, polygon=square, area_m2=1)
    rooms = []
    for number, (lon, area) in enumerate(
        [(113.055, GRID), (113.065, GRID), (None, GRID), (113.06, COMMUNITY)]
    ):
        building = Building.objects.create(
            area_code=area,
            community=COMMUNITY,
            key=f"{number}栋",
            name=f"{number}栋",
            lon=lon,
            lat=lon and 22.61,
        )
        rooms.append(Room.objects.create(area_code=area, building=building, key="101", door="101"))
    homed = {"area_code": GRID, "community": COMMUNITY}
    firms = [
        Organisation.objects.create(name="甲厂", room=rooms[1], **homed),
        Organisation.objects.create(name="乙厂", **homed),
    ]
    return World(rooms, firms)


def _place(world: World, number: int) -> dict[str, Any]:
    grids = world.grids()
    places: list[dict[str, Any]] = [
        *({"room": Room.objects.get(pk=room.pk)} for room in world.rooms),
        {"area": grids[number % len(grids)].code},
        {"area": COMMUNITY},
    ]
    return places[number % len(places)]


def register(world: World, one: int, other: int) -> None:
    person = Person.objects.create(name="甲一")
    actions.begin_tie(actor="cli", person=person, kind="lives", on=BEGIN, **_place(world, one))
    actions.begin_tie(actor="cli", person=person, kind="hukou", **_place(world, other))


def employ(world: World, one: int, other: int) -> None:
    firm = Organisation.objects.get(pk=world.firms[other % 2].pk)
    person = world.people[one % len(world.people)]
    actions.begin_tie(actor="cli", person=person, kind="works", on=BEGIN, organisation=firm)


def move(world: World, one: int, other: int) -> None:
    person = world.people[one % len(world.people)]
    actions.move_person(actor="cli", person=person, on=timezone.localdate(), **_place(world, other))


def leave(world: World, one: int, other: int) -> None:
    verb = actions.record_leave if other % 2 else actions.record_death
    verb(actor="cli", person=world.people[one % len(world.people)], on=timezone.localdate())


def divide(world: World, one: int, other: int) -> None:
    grids = world.grids()
    grid = grids[one % len(grids)]
    west, _south, east, _north = shapely.from_geojson(
        GridShape.objects.get(grid=grid, valid_to=None).polygon
    ).bounds
    at = west + (east - west) * (0.3 + 0.1 * (other % 5))
    line = shapely.LineString([(at, 22.59), (at, 22.63)])
    territory.split(actor="cli", grid=grid, line_or_parts=line, on=timezone.localdate())
    react()


def join(world: World, one: int, other: int) -> None:
    grids = world.grids()
    start = one % len(grids)
    territory.merge(actor="cli", grids=grids[start : start + 2], into_name="合", on=timezone.localdate())
    react()


def merge(world: World, one: int, other: int) -> None:
    people = world.people
    keep, absorb = people[one % len(people)], people[other % len(people)]
    actions.merge_persons(actor="cli", keep=keep, absorb=absorb)


def unmerge(world: World, one: int, other: int) -> None:
    merges = list(Merge.objects.filter(undone_at=None).order_by("pk"))
    if merges:
        actions.unmerge_persons(actor="cli", merge=merges[one % len(merges)])


def assign(world: World, one: int, other: int) -> None:
    grids = world.grids()
    building = Building.objects.get(pk=world.rooms[one % len(world.rooms)].building_id)
    actions.assign_grid(actor="cli", building=building, grid=grids[other % len(grids)].code)


def react() -> None:
    for entry in Entry.objects.filter(kind__startswith="area.").order_by("pk"):
        actions.follow_redivision(entry)


Event = Callable[[World, int, int], None]
EVENTS: list[Event] = [register, employ, move, leave, divide, join, merge, unmerge, assign]
happenings = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=9
)


def happen(world: World, event: Event, one: int, other: int) -> None:
    try:
        with transaction.atomic():
            event(world, one, other)
    except (Declined, NotPossible):  # what may not be changes nothing
        pass
    world.taken.append(Snapshot.now())


def selection(ledger: str, area: str, day: date, known: datetime | None) -> Selection:
    return Selection(ledger_named(ledger), area, as_of(day, known), limits_on(day))


def check(world: World, taken: Snapshot, known: datetime | None) -> None:
    """Every count at a moment is the plain list of that moment."""
    today = timezone.localdate()
    homes = taken.people("lives", present=False)
    assert residents_by_grid(COMMUNITY, today, known) == Counter(area for _person, area in homes)
    assert counts_then(COMMUNITY, today, known)["ties"]["lives"] == len({person for person, _area in homes})
    for kind, ledger in KINDS.items():
        pairs = taken.people(kind, present=True)
        whole, grids = {person for person, _area in pairs}, Counter(area for _person, area in pairs)
        counted = count_by_area(selection(ledger, COMMUNITY, today, known))
        assert counted[COMMUNITY] == len(whole) == number_of(selection(ledger, COMMUNITY, today, known))
        rows = page_of(selection(ledger, COMMUNITY, today, known), size=500).lines
        assert sorted(line.person.pk for line in rows) == sorted(whole)
        assert {code: n for code, n in counted.items() if len(code) == 15} == {
            code: n for code, n in grids.items() if len(code) == 15
        }
        for code in grids:
            if len(code) == 15:
                assert number_of(selection(ledger, code, today, known)) == grids[code]
        check_lines(ledger, known, grids)


def check_lines(ledger: str, known: datetime | None, grids: Counter[str]) -> None:
    """The table of the page adds up to every (person, grid) there is: no line is left out."""
    moment, ledgers = as_of(timezone.localdate(), known), [ledger_named(ledger)]
    lines = lines_at(COMMUNITY, moment, counts_at(COMMUNITY, moment, ledgers), ledgers)
    assert sum(line.counts[0] or 0 for line in lines) == sum(grids.values())


@pytest.fixture
def rolled_back(everywhere: object) -> Iterator[None]:
    yield


_relaxed = settings(
    max_examples=int(os.environ.get("EXAMPLES", "10")),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making an example shorter takes minutes here
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_relaxed
@given(events=happenings)
def test_what_was_known_then_is_what_was_counted_then(
    rolled_back: None, events: list[tuple[Event, int, int]]
) -> None:
    with transaction.atomic():
        world = a_world()
        for number in range(3):
            register(world, number, number + 1)
        world.taken.append(Snapshot.now())
        for event, one, other in events:
            happen(world, event, one, other)
        for taken in world.taken:
            check(world, taken, taken.at)
        check(world, Snapshot.now(), None)
        transaction.set_rollback(True)


@_relaxed
@given(events=happenings)
def test_yesterday_stays_what_it_was_whatever_happens_today(
    rolled_back: None, events: list[tuple[Event, int, int]]
) -> None:
    with transaction.atomic():
        world = a_world()
        for number in range(4):
            register(world, number, number + 1)
        begun = Snapshot.now()
        for event, one, other in events:
            if event not in (register, employ, assign):  # these say what was so before, too
                happen(world, event, one, other)
        yesterday = timezone.localdate() - timedelta(days=1)
        homes = begun.people("lives", present=False)
        assert residents_by_grid(COMMUNITY, yesterday) == Counter(area for _person, area in homes)
        transaction.set_rollback(True)
