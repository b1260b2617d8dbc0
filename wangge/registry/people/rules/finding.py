"""Running the sentences over people and their households."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ..queries.records import Home, Record, homes_around, homes_of, records_of
from .faults import ALL, Fault, mark_of

__all__ = ["Found", "faults_among", "mark_of"]


@dataclass(frozen=True)
class Found:
    """What was found, and where was looked: the people, and their households as a whole."""

    faults: list[Fault]
    people: frozenset[int]
    homes: frozenset[int]

    def looked_at(self, rule: str, person: int, household: int | None) -> bool:
        """Whether this sentence was asked about this person again, so that silence means it holds now."""
        if ALL[rule].of_home is not None:
            return household in self.homes
        return person in self.people


def faults_among(people: Iterable[int], today: date) -> Found:
    """Every sentence that does not hold for these people, their households and who lives in them; eight
    queries whatever their number."""
    around, members = homes_around(people)
    records = records_of(around)
    homes = homes_of(members, records)
    faults = [*_of_people(records.values(), today), *_of_homes(homes, today)]
    return Found(faults, frozenset(around), frozenset(members))


def _of_people(records: Iterable[Record], today: date) -> Iterator[Fault]:
    looks = [(code, one.of_person) for code, one in ALL.items() if one.of_person]
    for record in records:
        for code, look in looks:
            yield from (replace(fault, rule=code) for fault in look(record, today))


def _of_homes(homes: Iterable[Home], today: date) -> Iterator[Fault]:
    looks = [(code, one.of_home) for code, one in ALL.items() if one.of_home]
    for home in homes:
        for code, look in looks:
            yield from (replace(fault, rule=code) for fault in look(home, today))
