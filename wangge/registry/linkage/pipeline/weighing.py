"""What a pair is worth asking about, where it lies, and what was found of it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wangge.lib.bulk import find_rows
from wangge.lib.linking import Linked, weigh
from wangge.lib.scoping import prefix_of
from wangge.registry.ledgers.models import Row
from wangge.registry.people.models import Person, Tie

Findings = list[list]  # [[code, bits]…], the heaviest first


@dataclass
class Standing:
    """Where persons belong, and how much of the register hangs on each."""

    area: dict[int, str] = field(default_factory=dict)
    ties: Counter[int] = field(default_factory=Counter)
    rows: Counter[int] = field(default_factory=Counter)
    numbered: set[int] = field(default_factory=set)

    def size(self, person: int) -> int:
        """Ties and ledger rows of a person."""
        return self.ties[person] + self.rows[person]

    def keeps(self, person: int) -> tuple[bool, int, int]:
        """The larger, the better to keep: a number, then more ties and rows, then the older record."""
        return (person in self.numbered, self.size(person), -person)


def standing(persons: Iterable[int]) -> Standing:
    """Look at these persons, in three queries."""
    wanted, found = sorted(set(persons)), Standing()
    homes: dict[int, str] = {}
    for person, kind, area in find_rows(
        Tie, "person", wanted, ("person", "kind", "area_code"), "known_to IS NULL AND valid_to IS NULL"
    ):
        found.ties[person] += 1
        found.area.setdefault(person, area)
        if kind == "lives":
            homes[person] = area
    found.area |= homes
    found.rows.update(person for (person,) in find_rows(Row, "person", wanted, ("person",)))
    found.numbered = {pk for (pk,) in find_rows(Person, "id", wanted, ("id",), "id_index IS NOT NULL")}
    return found


def gain(probability: float, smaller: int) -> float:
    """How uncertain (entropy in bits, 0 … 1) × how much an answer unites (ties and rows of the smaller side,
    and the person itself)."""
    doubt = -sum(p * math.log2(p) for p in (probability, 1 - probability) if p > 0)
    return round(doubt * (smaller + 1), 4)


def common_area(one: str, other: str, district: str) -> str:
    """The code of the smallest area that holds both; the district's where either is not known."""
    one, other = prefix_of(one), prefix_of(other)
    for length in (15, 12, 9):
        if len(one) >= length and one[:length] == other[:length]:
            return one[:length].ljust(12, "0")
    return district


def findings(linked: Linked, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Findings]:
    """What was found of each pair of rows."""
    once = list(dict.fromkeys(pairs))
    found: dict[tuple[int, int], Findings] = defaultdict(list)
    for each in weigh(linked.tokens, linked.rates, once):
        found[each.left, each.right] = [[each_.code, round(each_.weight, 2)] for each_ in each.findings]
    return found
