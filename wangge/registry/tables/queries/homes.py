"""Homes: who lives together, what the room is, who owns or rents it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.lib.sealing import unseal
from wangge.registry.ledgers.outgoing.conditions import registered
from wangge.registry.ledgers.outgoing.lines import Line
from wangge.registry.ledgers.queries.lines import lines_of
from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Building, Person, Room, Tie
from wangge.registry.people.models import Household as HouseholdRow

from ..meanings import Household, Place, Subject, Who
from .asking import Asking
from .placing import add_names, natural

AT_ONCE = 500
_ROOM = ("unit", "floor", "door", "state", "use", "area_m2")
_BUILDING = ("pk", "name", "address", "floors", "units", "estate__name")
Key = tuple[str, int]


def furnished(
    asking: Asking, lines: Sequence[Line], names: dict[str, str], *, household: bool = False
) -> list[Subject]:
    """Lines as rows of a table, with what is asked of their homes and households."""
    add_names(names, (line.place for line in lines))
    subjects = _bare(asking, lines, names)
    if household or asking.needs("household", "alone"):
        _gather(asking, subjects, names)
    if asking.needs("owners"):
        _tell_owners(asking, subjects)
    return subjects


def _bare(asking: Asking, lines: Sequence[Line], names: dict[str, str]) -> list[Subject]:
    limits = asking.selection.limits
    homes = [line.home or line.tie for line in lines]
    places = places_of({home.room_id for home in homes if home.room_id})
    houses = _households_of([home.pk for home in homes])
    facts = facts_of([line.person.pk for line in lines])
    return [
        Subject(
            asking.day, limits, line, facts.get(line.person.pk, {}), places.get(home.room_id or 0),
            houses.get(home.pk) or _alone_in(home.room_id, home.pk), areas=names,
        )
        for line, home in zip(lines, homes, strict=True)
    ]  # fmt: skip


def _alone_in(room: int | None, tie: int) -> Household:
    """Without a household those of one room are one, and who has no room either is on their own."""
    return Household(("room", room) if room else ("tie", tie))


def _households_of(ties: Sequence[int]) -> dict[int, Household]:
    rows = Tie._base_manager.filter(pk__in=ties, household__isnull=False).values_list(
        "pk", "household_id", "household__number", "household__head_id"
    )
    return {pk: Household(("household", house), number, head) for pk, house, number, head in rows}


def places_of(rooms: Iterable[int]) -> dict[int, Place]:
    """Rooms with their buildings, by key."""
    names = ["pk", "area_code", *_ROOM, *(f"building__{name}" for name in _BUILDING)]
    found = {}
    for row in Room._base_manager.filter(pk__in=list(rooms)).values(*names):
        found[row["pk"]] = _place(row)
    return found


def _place(row: dict[str, Any]) -> Place:
    return Place(
        building_id=row["building__pk"],
        room_id=row["pk"],
        area_code=row["area_code"],
        estate=row["building__estate__name"] or "",
        building=row["building__name"],
        address=row["building__address"],
        floors=row["building__floors"],
        units=row["building__units"],
        **{name: row[name] for name in _ROOM},
    )


def facts_of(people: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What ledgers do not read of persons: second phones, former names, further facts."""
    columns = ("pk", "former_name", "phone2_sealed", "hukou_nature", "emergency_contact", "facts")
    found = {}
    for pk, former, phone2, nature, contact, further in Person._base_manager.filter(
        pk__in=people
    ).values_list(*columns):
        own = {"former_name": former, "hukou_nature": nature, "emergency_contact": contact}
        found[pk] = {**(further or {}), **own, "phone2": unseal(phone2) if phone2 else ""}
    return found


def living(asking: Asking) -> Q:
    """Ties of those who live somewhere on the day, as far as tables may name them."""
    return (
        Q(kind=TieKind.LIVES)
        & asking.selection.moment.holds()
        & registered(asking.selection.moment, timezone.localdate())
    )


def _gather(asking: Asking, subjects: Sequence[Subject], names: dict[str, str]) -> None:
    """Who lives with whom; whether somebody lives alone does not change with who looks."""
    groups = members_by_key(asking, {s.household.key for s in subjects if s.household}, names)
    crowd = _people_in({s.place.room_id for s in subjects if s.place and s.place.room_id}, asking)
    for subject in subjects:
        if subject.household:
            subject.members = groups.get(subject.household.key) or [subject]
            for member in subject.members:
                member.members = subject.members
        if subject.place and subject.place.room_id:
            subject.alone = crowd.get(subject.place.room_id, 1) == 1
    for group in groups.values():
        for member in group:
            if member.place and member.place.room_id:
                member.alone = crowd.get(member.place.room_id, 1) == 1


def _people_in(rooms: Iterable[int | None], asking: Asking) -> dict[int, int]:
    ties = Tie._base_manager.filter(living(asking), room__in=[room for room in rooms if room])
    counted = ties.values("room").annotate(people=Count("person", distinct=True)).order_by()
    return {row["room"]: row["people"] for row in counted}


def members_by_key(asking: Asking, keys: set[Key], names: dict[str, str]) -> dict[Key, list[Subject]]:
    """The members of households and rooms, each person once, the head first."""
    wanted: dict[str, list[int]] = {"household": [], "room": []}
    for kind, key in keys:
        wanted.setdefault(kind, []).append(key)
    inside = Q(household__in=wanted["household"]) | Q(room__in=wanted["room"], household=None)
    rows = Tie.objects.filter(living(asking), inside).order_by("pk")
    placed = {pk: ("household", house) if house else ("room", room or 0)
              for pk, house, room in rows.values_list("pk", "household_id", "room_id")}  # fmt: skip
    lines = lines_of(asking.selection, list(placed), names)
    groups: dict[Key, dict[int, Subject]] = defaultdict(dict)
    for subject in _bare(asking, lines, names):
        line = subject.line
        if line is not None:
            groups[placed[line.tie.pk]].setdefault(line.person.pk, subject)
    return {key: sorted(group.values(), key=_rank) for key, group in groups.items()}


def _rank(subject: Subject) -> tuple[bool, int, str, int]:
    """The head, then by relation, then by age."""
    line, house = subject.line, subject.household
    if line is None:
        return True, 99, "", 0
    relation = (line.home or line.tie).relation or "98"
    head = bool(house and house.head_id == line.person.pk)
    rank = {"02": 1, "01": 2}.get(relation, int(relation))
    born = line.person.birth
    return not head, rank, born.isoformat() if born else "9999", line.person.pk


def _tell_owners(asking: Asking, subjects: Sequence[Subject]) -> None:
    rooms = {s.place.room_id for s in subjects if s.place and s.place.room_id}
    owners, renters = (_who(asking, rooms, kind) for kind in (TieKind.OWNS, TieKind.RENTS))
    for subject in subjects:
        if subject.place and subject.place.room_id:
            subject.owners = owners.get(subject.place.room_id, ())
            subject.renters = renters.get(subject.place.room_id, ())


def _who(asking: Asking, rooms: Iterable[int | None], kind: str) -> dict[int, list[Who]]:
    ties = Tie.objects.filter(asking.selection.moment.holds(), kind=kind, room__in=[r for r in rooms if r])
    found: dict[int, list[Who]] = defaultdict(list)
    columns = ("room_id", "person_id", "person__name", "person__id_sealed", "person__phone_sealed")
    for room, person, name, number, phone in ties.order_by("pk").values_list(*columns):
        found[room].append(
            Who(person, name, unseal(number) if number else "", unseal(phone) if phone else "")
        )
    return found


def rooms(asking: Asking) -> Iterator[Subject]:
    """One row a room, with those who live in it."""
    inside = prefix_filter("area_code", prefix_of(asking.area_code))
    keys = Room.objects.filter(inside).values_list("area_code", "building__name", "unit", "door", "pk")
    order = sorted(
        (area, natural(name), natural(unit), natural(door), pk) for area, name, unit, door, pk in keys
    )
    ids = iter([row[-1] for row in order])
    names: dict[str, str] = {}
    while part := list(islice(ids, AT_ONCE)):
        found = places_of(part)
        yield from _of_places(asking, [found[pk] for pk in part if pk in found], names)


def _of_places(asking: Asking, places: Sequence[Place], names: dict[str, str]) -> list[Subject]:
    add_names(names, (place.area_code for place in places))
    limits = asking.selection.limits
    made = [Subject(asking.day, limits, place=place, areas=names) for place in places]
    living_in = _residents(asking, {place.room_id for place in places}, names)
    for subject in made:
        room = subject.place.room_id if subject.place else None
        subject.members = living_in.get(room or 0, [])
        head = subject.head
        if head is not None:
            subject.line, subject.facts, subject.household = head.line, head.facts, head.household
    _tell_owners(asking, made)
    return made


def _residents(
    asking: Asking, rooms: Iterable[int | None], names: dict[str, str]
) -> dict[int, list[Subject]]:
    ties = Tie.objects.filter(living(asking), room__in=[room for room in rooms if room]).order_by("pk")
    lines = lines_of(asking.selection, list(ties.values_list("pk", flat=True)), names)
    found: dict[int, dict[int, Subject]] = defaultdict(dict)
    for subject in _bare(asking, lines, names):
        if subject.line is not None and subject.line.tie.room_id:
            found[subject.line.tie.room_id].setdefault(subject.line.person.pk, subject)
    return {room: sorted(people.values(), key=_rank) for room, people in found.items()}


def buildings(asking: Asking) -> Iterator[Subject]:
    """One row a building, with counts of its rooms, households and people."""
    inside = prefix_filter("area_code", prefix_of(asking.area_code))
    rows = list(Building.objects.filter(inside).select_related("estate"))
    rows.sort(key=lambda row: (row.area_code, natural(row.name), row.pk))
    names: dict[str, str] = {}
    add_names(names, (row.area_code for row in rows))
    limits = asking.selection.limits
    for start in range(0, len(rows), 50):
        part = rows[start : start + 50]
        told = _counts_of([row.pk for row in part])
        people = _in_buildings(asking, [row.pk for row in part], names)
        for row in part:
            place = Place(
                building_id=row.pk, area_code=row.area_code, building=row.name, address=row.address,
                estate=row.estate.name if row.estate else "", floors=row.floors,
                units=row.units, **told[row.pk],
            )  # fmt: skip
            yield Subject(asking.day, limits, place=place, members=people.get(row.pk, []), areas=names)


def _counts_of(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Rooms, those let and empty, and households of each building."""
    found: dict[int, dict[str, Any]] = {pk: {"rooms": 0, "let": 0, "empty": 0, "households": 0} for pk in pks}
    states = Room._base_manager.filter(building__in=pks).values_list("building", "state")
    names = {"rented": "let", "vacant": "empty"}
    for pk, state, number in states.annotate(number=Count("pk")).order_by():
        found[pk]["rooms"] += number
        if state in names:
            found[pk][names[state]] += number
    houses = HouseholdRow._base_manager.filter(room__building__in=pks).values_list("room__building")
    for pk, number in houses.annotate(number=Count("pk")).order_by():
        found[pk or 0]["households"] = number
    return found


def _in_buildings(asking: Asking, pks: Sequence[int], names: dict[str, str]) -> dict[int, list[Subject]]:
    ties = Tie.objects.filter(living(asking), room__building__in=pks).order_by("pk")
    where = dict(ties.values_list("pk", "room__building_id"))
    lines = lines_of(asking.selection, list(where), names)
    found: dict[int, dict[int, Subject]] = defaultdict(dict)
    for subject in _bare(asking, lines, names):
        if subject.line is not None:
            found[where[subject.line.tie.pk]].setdefault(subject.line.person.pk, subject)
    return {building: list(people.values()) for building, people in found.items()}
