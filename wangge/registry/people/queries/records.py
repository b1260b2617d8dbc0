"""What the register holds of people and their households, in memory, for the sentences that check it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.conf import settings

from wangge.lib.bulk import find_rows
from wangge.lib.identifiers import check_identity
from wangge.lib.sealing import unseal_many

from ..enums import TieKind
from ..models import Departure, Discrepancy, Household, Person, Tie

_PERSON = ("id", "sex", "birth", "marriage", "status", "id_sealed")
TOLD_WRONG = "address_told_wrong"  # the sentence whose ground is what was told at the door
_BELIEVED = "known_to IS NULL AND valid_to IS NULL"


class HeldTie(NamedTuple):
    """A tie that holds and is believed."""

    pk: int
    person: int
    kind: str
    area_code: str
    room: int | None
    household: int | None
    organisation: int | None
    relation: str
    valid_from: date | None
    confirmed_at: date | None

    @classmethod
    def of(cls, tie: Tie) -> HeldTie:
        """A row as the sentences see it."""
        return cls(
            tie.pk, tie.person_id, tie.kind, tie.area_code, tie.room_id, tie.household_id,
            tie.organisation_id, tie.relation, tie.valid_from, tie.confirmed_at,
        )  # fmt: skip

    @property
    def place(self) -> str:
        """What the tie says, whatever row says it: the same after it was stated anew."""
        area = "" if self.room or self.organisation else self.area_code[:12]
        return f"{self.kind}:{self.room}:{self.household}:{self.organisation}:{area}"


@dataclass
class Record:
    """One person as the sentences see them. told_birth, told_sex: what the id number says, None or "" where
    there is none; gone_on: the day they left or died, None where nobody said; told_wrong: marks of homes that
    were not found at the door."""

    pk: int
    sex: str
    birth: date | None
    marriage: str
    status: str
    number: str = ""
    told_birth: date | None = None
    told_sex: str = ""
    gone_on: date | None = None
    ties: list[HeldTie] = field(default_factory=list)
    told_wrong: set[str] = field(default_factory=set)

    def of_kind(self, *kinds: str) -> list[HeldTie]:
        """The person's present ties of these kinds."""
        return [tie for tie in self.ties if tie.kind in kinds]

    @property
    def area_code(self) -> str:
        """Where the person lives, else where any tie of theirs is."""
        ties = self.of_kind(TieKind.LIVES) or self.ties
        return ties[0].area_code if ties else ""

    def age_on(self, day: date) -> int | None:
        """Full years of age, None while the birth date is not known."""
        born = self.birth
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass
class Home:
    """One household: who is written down as its head, and who lives in it with the tie that says so."""

    pk: int
    head: int | None
    members: list[tuple[HeldTie, Record]]


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]


def _ties(column: str, keys: Sequence[int]) -> list[HeldTie]:
    fields = ("id", "person", "kind", "area_code", "room", "household", "organisation", "relation")
    rows = find_rows(Tie, column, keys, (*fields, "valid_from", "confirmed_at"), _BELIEVED)
    return [HeldTie._make([*row[:8], _day(row[8]), _day(row[9])]) for row in sorted(rows)]


def records_of(people: Iterable[int]) -> dict[int, Record]:
    """The records of these people, merged rows left out; five queries whatever their number."""
    keys = sorted(set(people))
    rows = find_rows(Person, "id", keys, _PERSON, "status <> 'merged'")
    numbers = unseal_many([row[5] for row in rows])
    found = {}
    for (pk, sex, birth, marriage, status, _sealed), number in zip(rows, numbers, strict=True):
        told = check_identity(number, demo=settings.DEMO or settings.TEST) if number else None
        found[pk] = Record(pk, sex, _day(birth), marriage, status, number)
        if told and not told.error:
            found[pk].told_birth, found[pk].told_sex = told.birth, told.sex
    for tie in _ties("person", keys):
        if tie.person in found:
            found[tie.person].ties.append(tie)
    for person, day in find_rows(Departure, "person", keys, ("person", "valid_from"), _BELIEVED):
        if person in found:
            found[person].gone_on = _day(day)
    waits = f"rule = '{TOLD_WRONG}' AND state IN ('open', 'dismissed')"
    for person, mark in find_rows(Discrepancy, "person", keys, ("person", "mark"), waits):
        if person in found:
            found[person].told_wrong.add(mark)
    return found


def homes_around(people: Iterable[int]) -> tuple[list[int], dict[int, list[tuple[HeldTie, int]]]]:
    """Everybody who must be looked at when these people changed, and the present members of the households
    they belong to or ever belonged to."""
    keys = sorted(set(people))
    ever = {row[0] for row in find_rows(Tie, "person", keys, ("household",), "household_id IS NOT NULL")}
    members: dict[int, list[tuple[HeldTie, int]]] = defaultdict(list)
    for tie in _ties("household", sorted(ever)):
        if tie.kind == TieKind.LIVES and tie.household is not None:
            members[tie.household].append((tie, tie.person))
    around = {person for living in members.values() for _tie, person in living}
    return sorted(around | set(keys)), members


def homes_of(members: dict[int, list[tuple[HeldTie, int]]], records: dict[int, Record]) -> list[Home]:
    """The households with their members' records."""
    heads = dict(find_rows(Household, "id", sorted(members), ("id", "head")))
    return [
        Home(pk, heads.get(pk), [(tie, records[person]) for tie, person in living if person in records])
        for pk, living in sorted(members.items())
    ]
