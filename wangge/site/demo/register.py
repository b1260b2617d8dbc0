"""Writing the generated district into the register's tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wangge.lib.addresses import door_key, parse
from wangge.lib.bulk import reserve_ids
from wangge.lib.sealing import blind_many, seal_many
from wangge.registry.people.enums import Source
from wangge.registry.people.models import (
    Building,
    Departure,
    Estate,
    Household,
    Organisation,
    Person,
    Room,
    Tie,
)

from .ground import Ground
from .households import COLLECTIVE, Households
from .numbers import make_phones
from .organisations import CATEGORY, Organisations
from .origins import draw_origins
from .people import People
from .places import TOWER, VILLAGE, Places
from .rows import Note, emptied, moments, picked, write_all
from .ties import Residence

# residence_code_status of people from elsewhere
MAY_HAVE_NO_CODE = {"7": 0.5, "1": 0.08, "2": 0.06, "6": 0.04, "3": 0.24, "8": 0.06, "9": 0.01, "10": 0.01}


@dataclass
class Register:
    """All arrays of one district and the ids their rows got."""

    ground: Ground
    places: Places
    homes: Households
    people: People
    residence: Residence
    organisations: Organisations
    ties: pl.DataFrame
    today: np.datetime64
    estates: list[int] = field(default_factory=list)
    buildings: list[int] = field(default_factory=list)
    rooms: list[int] = field(default_factory=list)
    households: list[int] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        return {
            "people": len(self.persons), "rooms": len(self.rooms), "buildings": len(self.buildings),
            "households": len(self.households), "organisations": len(self.bodies), "ties": self.ties.height,
        }  # fmt: skip

    def codes(self, grids: NDArray[np.int64]) -> list[str]:
        """Area codes of these grid numbers."""
        return picked(self.ground.codes, grids)

    def room_labels(self) -> list[str]:
        """What is written after the building: 2单元501, 1203, nothing for a whole house."""
        p = self.places
        return [
            f"{unit}单元{floor}{door:02d}" if unit else f"{floor}{door:02d}" if floor else ""
            for unit, floor, door in zip(p.unit.tolist(), p.floor.tolist(), p.door.tolist(), strict=True)
        ]

    def address_of(self, room: int) -> str:
        """The written address of one room."""
        p, building = self.places, int(self.places.building[room])
        unit, floor, door = int(p.unit[room]), int(p.floor[room]), int(p.door[room])
        label = f"{unit}单元{floor}{door:02d}" if unit else f"{floor}{door:02d}" if floor else ""
        return f"{self.ground.paths[int(p.grid[building])]}{p.names[building]}{label}"

    def addresses(self) -> list[str]:
        """The written address of every room, from the town down."""
        names, paths = self.places.names, self.ground.paths
        grids, buildings = self.places.grid.tolist(), self.places.building.tolist()
        return [
            f"{paths[grids[b]]}{names[b]}{label}"
            for b, label in zip(buildings, self.room_labels(), strict=True)
        ]


def write_places(register: Register, rng: np.random.Generator, note: Note) -> None:
    """Estates, buildings and rooms, with the keys that the importer makes of their addresses."""
    p, ground = register.places, register.ground
    register.estates = reserve_ids(Estate, len(p.estate_names))
    write_all(Estate, {
        "id": register.estates, "area_code": register.codes(p.estate_grid), "name": p.estate_names,
        "property_firm": [f"{name}物业服务中心" for name in p.estate_names],
        "owners_committee": rng.random(len(p.estate_names)) < 0.4,
        "red_property": rng.random(len(p.estate_names)) < 0.2, "demo": True,
    }, note, "小区")  # fmt: skip
    register.buildings = reserve_ids(Building, len(p.names))
    whole = (p.kind == VILLAGE).tolist()  # other buildings have a key only together with a door
    doors = [door_key(parse(n if alone else f"{n}101")) for n, alone in zip(p.names, whole, strict=True)]
    write_all(Building, {
        "id": register.buildings, "area_code": register.codes(p.grid),
        "community": picked(ground.communities, p.grid),
        "key": [door.building if door else name for door, name in zip(doors, p.names, strict=True)],
        "estate": picked(register.estates, p.estate),
        "name": [door.name if door else name for door, name in zip(doors, p.names, strict=True)],
        "address": [f"{ground.paths[g]}{name}" for g, name in zip(p.grid.tolist(), p.names, strict=True)],
        "floors": p.floors, "units": np.maximum(p.units, 1),
        "lon": _floats(p.points[:, 0]), "lat": _floats(p.points[:, 1]),
        "high_rise": p.kind == TOWER, "demo": True,
    }, note, "楼栋")  # fmt: skip
    _write_rooms(register, rng, note)


def _floats(values: NDArray[np.float64]) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]  # NaN: no shape, no point


def _write_rooms(register: Register, rng: np.random.Generator, note: Note) -> None:
    p = register.places
    labels = register.room_labels()
    keys = {label: door_key(parse(f"演示花园1栋{label}")) for label in set(labels) if label}
    doors = [keys.get(label) for label in labels]
    register.rooms = reserve_ids(Room, len(labels))
    area = np.round(rng.gamma(9, 10, len(labels)) + 18, 1)
    state = _states(register)
    write_all(Room, {
        "id": register.rooms, "area_code": register.codes(p.grid[p.building]),
        "building": picked(register.buildings, p.building),
        "key": [door.room if door else "" for door in doors],
        "unit": [door.unit if door else "" for door in doors],
        "floor": [str(floor) if floor else "" for floor in p.floor.tolist()],
        "door": [door.door if door else "" for door in doors],
        "state": state, "use": np.where(state == "business", "2", "1"), "area_m2": area, "demo": True,
    }, note, "房屋")  # fmt: skip


def _states(register: Register) -> NDArray[np.str_]:
    """Own, rented, lent, vacant or business, as the households and shops in them say."""
    state = np.full(len(register.places.building), "vacant", "<U8")
    heads = register.homes.heads
    way = register.residence.way[heads]
    named = np.select([way == "1", way == "2", way == "5"], ["own", "rented", "lent"], "other")
    state[register.homes.room] = named
    shops = register.organisations.room
    state[shops[shops >= 0]] = "business"
    return state


def write_people(register: Register, rng: np.random.Generator, note: Note) -> None:
    """Persons, then the households they head."""
    register.persons = reserve_ids(Person, len(register.people.names))
    write_all(Person, {"id": register.persons, **_facts(register, rng)}, note, "人员")
    _write_departures(register, note)
    homes = register.homes
    grid = register.places.grid[register.places.building[homes.room]]
    register.households = reserve_ids(Household, len(homes.room))
    kinds = np.where(
        np.isin(homes.kind, COLLECTIVE), "collective", np.where(homes.local, "hukou", "floating")
    )
    write_all(Household, {
        "id": register.households, "area_code": register.codes(grid),
        "room": picked(register.rooms, homes.room), "number": "", "kind": kinds,
        "head": picked(register.persons, homes.heads), "demo": True,
    }, note, "家庭户")  # fmt: skip


def _write_departures(register: Register, note: Note) -> None:
    """Who left or died, on the day their home ended."""
    residence = register.residence
    gone = np.flatnonzero(residence.status != "active")
    if not len(gone):
        return
    count = len(gone)
    write_all(Departure, {
        "id": reserve_ids(Departure, count), "person": picked(register.persons, gone),
        "status": residence.status[gone], "valid_from": residence.until[gone],
        "known_from": moments(residence.until[gone]), "source": [Source.VISIT.value] * count,
    }, note, "离开")  # fmt: skip


def _facts(register: Register, rng: np.random.Generator) -> dict[str, Any]:
    p, homes = register.people, register.homes
    ids, phones = p.ids.tolist(), p.phones.tolist()
    region, address = _hukou(register, rng)
    nature = np.where(p.local, "3", rng.choice(["1", "2", "3", ""], len(ids), p=[0.5, 0.15, 0.2, 0.15]))
    codes = rng.choice(list(MAY_HAVE_NO_CODE), len(ids), p=list(MAY_HAVE_NO_CODE.values()))
    head = homes.heads[homes.household].tolist()
    now = moments(np.array([register.today]))[0]
    return {
        **emptied(["former_name", "emergency_contact"]),
        "name": p.names, "initials": p.initials, "id_type": p.id_types,
        "id_sealed": seal_many(ids), "id_index": [index or None for index in blind_many(ids)],
        "sex": np.where(homes.male, "1", "2"), "birth": p.births, "nationality": p.nationality,
        "education": p.education, "marriage": p.marriage, "phone_sealed": seal_many(phones),
        "phone_index": blind_many(phones), "phone2_sealed": seal_many(p.phones2.tolist()),
        "hukou_region": region, "hukou_address": address, "hukou_nature": nature,
        "occupation": p.occupation, "employment": p.employment, "school": p.schools,
        "residence_code_status": np.where(p.local, "", codes),
        "guardian": [p.names[h] if age < 14 else "" for h, age in zip(head, homes.age.tolist(), strict=True)],
        "facts": "{}", "provenance": "{}", "status": register.residence.status,
        "merged_into": [None] * len(ids),
        "source": p.source, "confirmed_at": p.confirmed, "created_at": now, "updated_at": now, "demo": True,
    }  # fmt: skip


def _hukou(register: Register, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Region and written address: the room here, or a village elsewhere that a household shares."""
    homes, people = register.homes, register.people
    codes, villages = draw_origins(rng, len(homes.kind))
    here = register.ground.codes[0][:6]
    addresses = register.addresses()
    mainland = (people.nationality == "CHN").tolist()
    region, address = [], []
    for row, (room, home) in enumerate(
        zip(register.residence.hukou_room.tolist(), homes.household.tolist(), strict=True)
    ):
        region.append(here if room >= 0 else codes[home] if mainland[row] else "")
        address.append(addresses[room] if room >= 0 else villages[home] if mainland[row] else "")
    return region, address


def write_organisations(register: Register, note: Note) -> None:
    """Organisations with as many staff as have a tie to them."""
    o = register.organisations
    works = register.ties.filter(pl.col("kind") == "works")["organisation"].to_numpy()
    staff = np.bincount(works, minlength=len(o.names))
    phones = seal_many(make_phones(60_000_000, len(o.names)).tolist())
    register.bodies = reserve_ids(Organisation, len(o.names))
    people = register.people
    bosses = np.flatnonzero((register.homes.age > 25) & (register.homes.age < 65))
    boss = bosses[np.arange(len(o.names)) * 7919 % len(bosses)]
    write_all(Organisation, {
        "id": register.bodies, "area_code": register.codes(o.grid),
        "community": picked(register.ground.communities, o.grid), "uscc": o.usccs, "name": o.names,
        "category": picked(CATEGORY, o.kind), "industry": o.industry,
        "address": picked(register.ground.paths, o.grid), "room": picked(register.rooms, o.room),
        "legal_person": picked(people.names, boss), "phone_sealed": phones, "staff_number": staff,
        "scope": o.scope, "status": "open", "source": o.source, "confirmed_at": o.confirmed, "demo": True,
    }, note, "单位")  # fmt: skip


def write_ties(register: Register, rng: np.random.Generator, note: Note) -> None:
    """All ties, known since some day of the last two years after they began."""
    frame = register.ties.sort("person", maintain_order=True)
    person = frame["person"].to_numpy()
    since = frame["since"].to_numpy().astype("datetime64[D]")
    entered = register.today - rng.integers(0, 104, len(register.homes.room)) * 7
    entered = entered[
        register.homes.household[person]
    ]  # whose beginning nobody knows is known since then, too
    known = np.where(np.isnat(since), entered, np.fmax(entered, np.fmin(since, register.today)))
    write_all(Tie, {
        "id": reserve_ids(Tie, frame.height), "person": picked(register.persons, person),
        "kind": frame["kind"].to_list(), "area_code": register.codes(frame["grid"].to_numpy()),
        "room": picked(register.rooms, frame["room"].to_numpy()),
        "household": picked(register.households, frame["household"].to_numpy()),
        "organisation": picked(register.bodies, frame["organisation"].to_numpy()),
        "other": picked(register.persons, frame["other"].to_numpy()),
        "relation": frame["relation"].to_list(), "way": frame["way"].to_list(),
        "reason": frame["reason"].to_list(), "job": frame["job"].to_list(),
        "planned_until": [None] * frame.height, "valid_from": frame["since"].to_list(),
        "valid_to": frame["until"].to_list(), "known_from": moments(known), "known_to": [None] * frame.height,
        "source": register.people.source[person], "confirmed_at": register.people.confirmed[person],
    }, note, "关系")  # fmt: skip
