"""Who lives together: kinds of households, the roles in them, ages, sexes and surnames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .names import draw_surnames
from .places import BLOCK, DORMITORY, RENTAL, TOWER, VILLAGE, Places

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Role:
    """``relation`` is the GB/T 4761 code; ``sex`` "M", "F", "R"andom or "O"pposite of the head; age is
    the age of ``base`` (member number) plus ``older``; ``surname`` "h"ead's family, "o"wn."""

    relation: str
    sex: str
    base: int
    older: tuple[int, int]
    surname: str


HEAD = Role("02", "R", 0, (0, 0), "o")
SPOUSE = Role("10", "O", 0, (-4, 3), "o")
SON = Role("20", "M", 0, (-29, -22), "h")
CHILD = Role("20", "R", 0, (-35, -24), "h")  # a daughter becomes 30
SECOND = Role("20", "R", 2, (-7, -2), "h")
TWIN = Role("20", "R", 2, (0, 0), "h")
FATHER = Role("50", "M", 0, (23, 33), "h")
MOTHER = Role("50", "F", 0, (21, 31), "o")
SONS_WIFE = Role("80", "F", 2, (-4, 2), "o")
GRANDCHILD = Role("40", "R", 2, (-33, -24), "h")
GRANDCHILD2 = Role("40", "R", 4, (-5, -1), "h")
LEFT_CHILD = Role("40", "R", 0, (-62, -50), "h")
MATE = Role("99", "R", 0, (-8, 8), "o")


@dataclass(frozen=True)
class Kind:
    """A kind of household: its roles, the head's age, the head's chance to be male."""

    name: str
    roles: tuple[Role, ...]
    head_age: tuple[int, int]
    male: float = 0.75


KINDS = (
    Kind("single_old", (HEAD,), (65, 94), 0.38),
    Kind("single", (HEAD,), (19, 48), 0.58),
    Kind("couple", (HEAD, SPOUSE), (22, 40)),
    Kind("couple_old", (HEAD, SPOUSE), (58, 84), 0.9),
    Kind("family3", (HEAD, SPOUSE, CHILD), (27, 57)),
    Kind("family4", (HEAD, SPOUSE, CHILD, SECOND), (30, 56)),
    Kind("twins", (HEAD, SPOUSE, CHILD, TWIN), (27, 50)),
    Kind("with_parents", (HEAD, SPOUSE, CHILD, FATHER, MOTHER), (28, 50), 0.93),
    Kind("with_mother", (HEAD, SPOUSE, CHILD, SECOND, MOTHER), (30, 52), 0.93),
    Kind("three_generations", (HEAD, SPOUSE, SON, SONS_WIFE, GRANDCHILD), (52, 74), 1.0),
    Kind("three_generations6", (HEAD, SPOUSE, SON, SONS_WIFE, GRANDCHILD, GRANDCHILD2), (54, 74), 1.0),
    Kind("single_parent", (HEAD, CHILD), (28, 52), 0.25),
    Kind("left_behind", (HEAD, SPOUSE, LEFT_CHILD), (56, 72), 0.95),
    Kind("flat_share", (HEAD, MATE), (20, 38), 0.6),
    Kind("flat_share3", (HEAD, MATE, MATE), (20, 36), 0.6),
    Kind("flat_share4", (HEAD, MATE, MATE, MATE), (20, 36), 0.6),
    Kind("dormitory4", (HEAD, MATE, MATE, MATE), (19, 44), 0.65),
    Kind("dormitory6", (HEAD, MATE, MATE, MATE, MATE, MATE), (19, 44), 0.65),
)
NUMBER = {kind.name: i for i, kind in enumerate(KINDS)}
_CHANCES = {  # weights in the order of KINDS
    VILLAGE: (7, 3, 4, 10, 18, 14, 0.5, 14, 9, 9, 5, 3, 3, 0, 0, 0, 0, 0),
    RENTAL: (0.5, 26, 22, 1, 15, 9, 0.3, 0.5, 0.5, 0.5, 0, 3, 1, 12, 6, 3, 0, 0),
    BLOCK: (8, 9, 11, 12, 27, 13, 0.5, 5, 3, 2.5, 1, 5, 0.5, 3, 1, 0.5, 0, 0),
    TOWER: (3, 9, 14, 7, 32, 18, 0.6, 5, 4, 1.5, 0.8, 4, 0.2, 2, 1, 0, 0, 0),
    DORMITORY: (0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 45, 47),
}
COLLECTIVE = (NUMBER["dormitory4"], NUMBER["dormitory6"])
SHARED = (NUMBER["flat_share"], NUMBER["flat_share3"], NUMBER["flat_share4"])
LOCAL_CHANCE = {VILLAGE: 0.80, RENTAL: 0.06, BLOCK: 0.70, TOWER: 0.62, DORMITORY: 0.02}
EMPTY = 0.13  # share of rooms nobody lives in, while people suffice


@dataclass
class Households:
    """Columns of households, then of their members (``household`` is an index into the former)."""

    room: Ints
    kind: Ints
    local: NDArray[np.bool_]
    household: Ints
    position: Ints
    relation: NDArray[np.str_]
    male: NDArray[np.bool_]
    age: Ints
    surname: Ints

    @property
    def heads(self) -> Ints:
        """Member row of each household's head."""
        return np.flatnonzero(self.position == 0)


def make_households(rng: np.random.Generator, places: Places, people: int, local_share: float) -> Households:
    """Households in rooms until exactly ``people`` members; further rooms stay empty."""
    order = _rooms_in_use(rng, places, people)
    kinds_of_building = places.kind[places.building[order]]
    kind = np.zeros(len(order), np.int64)
    for number, weights in _CHANCES.items():
        rows = np.flatnonzero(kinds_of_building == number)
        kind[rows] = rng.choice(len(KINDS), len(rows), p=np.array(weights) / sum(weights))
    sizes = np.array([len(k.roles) for k in KINDS])[kind]
    used = int(np.searchsorted(np.cumsum(sizes), people)) + 1
    room, kind, sizes = order[:used], kind[:used], sizes[:used]
    arranged = np.argsort(room, kind="stable")
    last = used - 1
    sizes[last] -= int(sizes.sum()) - people
    room, kind, sizes = room[arranged], kind[arranged], sizes[arranged]
    household = np.repeat(np.arange(used), sizes)
    position = np.arange(len(household)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    local = _local(rng, places.kind[places.building[room]], kind, sizes, local_share)
    return Households(room, kind, local, household, position, *_members(rng, kind, household, position))


def _rooms_in_use(rng: np.random.Generator, places: Places, people: int) -> Ints:
    """Rooms in the order they fill up: a random 1 - EMPTY of them first."""
    order = rng.permutation(len(places.building))
    if people > 3.4 * len(order):
        raise ValueError("too many people for these rooms")
    return order


def _local(
    rng: np.random.Generator, building: Ints, kind: Ints, sizes: Ints, share: float
) -> NDArray[np.bool_]:
    """Who is registered in the district: likelier in villages, scaled until ``share`` of people are."""
    chance = np.array([LOCAL_CHANCE[k] for k in range(5)])[building]
    chance = np.where(np.isin(kind, SHARED), chance * 0.3, chance)
    draw = rng.random(len(kind)) / chance
    order = np.argsort(draw)
    local = np.zeros(len(kind), bool)
    local[order[np.cumsum(sizes[order]) <= share * sizes.sum()]] = True
    return local


def _members(
    rng: np.random.Generator, kind: Ints, household: Ints, position: Ints
) -> tuple[NDArray[np.str_], NDArray[np.bool_], Ints, Ints]:
    """Relation, sex, age and surname of every member, role by role."""
    count = len(household)
    first = np.flatnonzero(position == 0)[household]
    relation, age = np.full(count, "02", "<U2"), np.zeros(count, np.int64)
    male, surname = rng.random(count) < 0.507, draw_surnames(rng, count)
    kinds = kind[household]
    for number, this in enumerate(KINDS):
        of_kind = np.flatnonzero(kinds == number)
        for place, role in enumerate(this.roles):
            rows = of_kind[position[of_kind] == place]
            if place == 0:
                age[rows] = _head_ages(rng, this, len(rows))
                male[rows] = rng.random(len(rows)) < this.male
                continue
            relation[rows] = role.relation
            older = rng.integers(role.older[0], role.older[1] + 1, len(rows))
            grown = age[first[rows] + role.base] + older
            grown = np.where(grown < 0, rng.integers(0, 3, len(rows)), grown)
            age[rows] = np.clip(grown, 20 if role.relation == "10" else 0, 102)
            _dress(role, rows, first[rows], male, surname)
    relation[(relation == "20") & ~male] = "30"
    return relation, male, age, surname


def _head_ages(rng: np.random.Generator, kind: Kind, count: int) -> Ints:
    low, high = kind.head_age
    bent = rng.beta(1.3, 2.2, count) if low >= 52 else rng.beta(1.8, 1.9, count)
    return (low + bent * (high - low + 1)).astype(np.int64)


def _dress(role: Role, rows: Ints, heads: Ints, male: NDArray[np.bool_], surname: Ints) -> None:
    """Sex and surname: children bear the father's, who is the head or the head's husband."""
    if role.sex in "MF":
        male[rows] = role.sex == "M"
    elif role.sex == "O":
        male[rows] = ~male[heads]
    if role.surname == "h":
        husband = np.minimum(heads + 1, len(surname) - 1)
        of_mother = ~male[heads] & (role.relation == "20")
        surname[rows] = surname[np.where(of_mother, husband, heads)]
