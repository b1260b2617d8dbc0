"""From scored pairs to persons: which are one, which to ask about, which may never be one. Pure.

Likeliest first. A person never gets two numbers, nobody who was found to be somebody else, and nobody by
way of a waiting row. A record without a number that fits two people who are known to be different is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

CLOSE = 2.0  # bits: two candidates so near each other that neither can be preferred


class Scored(NamedTuple):
    """Two records by row, with their weight in bits and the probability that they are one person."""

    left: int
    right: int
    weight: float
    probability: float


@dataclass
class Joined:
    """``edges``: the pair that brought each record into its person; ``asked``, ``refused``: the others;
    ``leader``: the first record of each joined record's person (records not in it stand alone)."""

    edges: list[Scored] = field(default_factory=list)
    asked: list[Scored] = field(default_factory=list)
    refused: list[Scored] = field(default_factory=list)
    leader: dict[int, int] = field(default_factory=dict)

    def persons(self) -> list[list[int]]:
        """The records of each person of more than one."""
        members: dict[int, list[int]] = defaultdict(list)
        for row in self.leader:
            members[self.leader[row]].append(row)
        return [sorted(rows) for rows in members.values() if len(rows) > 1]


class Apart:
    """Which records are known to be different people: two numbers, or somebody said so."""

    def __init__(self, numbers: Sequence[str | None], said: Iterable[tuple[int, int]] = ()) -> None:
        self.numbers = numbers
        self.said: dict[int, set[int]] = defaultdict(set)
        for one, other in said:
            self.said[one].add(other)
            self.said[other].add(one)

    def two_numbers(self, one: int, other: int) -> bool:
        mine, theirs = self.numbers[one], self.numbers[other]
        return bool(mine and theirs and mine != theirs)

    def told(self, one: int, other: int) -> bool:
        return other in self.said.get(one, ())

    def known(self, one: int, other: int) -> bool:
        return self.two_numbers(one, other) or self.told(one, other)


def join(
    pairs: Iterable[Scored], upper: float, apart: Apart, valid: Sequence[bool], here: Set[int] | None = None
) -> Joined:
    """Sort pairs of persons into joined, asked and refused.

    Args:
        pairs: from the lower threshold up, of all records: a rival may live elsewhere. upper: joined from
        here. valid: whether each one's number holds. here: only pairs with a side among these; None for all.
    """
    ordered = sorted(pairs, key=lambda pair: (-pair.weight, pair.left, pair.right))
    ordered = [pair for pair in ordered if not apart.told(pair.left, pair.right)]
    doubtful = torn(ordered, apart)
    joined, group = Joined(), _Groups(apart)
    for pair in ordered:
        if here is not None and pair.left not in here and pair.right not in here:
            continue
        if apart.two_numbers(pair.left, pair.right):
            both = valid[pair.left] and valid[pair.right]
            (joined.refused if both else joined.asked).append(pair)
        elif pair.probability < upper or {pair.left, pair.right} & doubtful:
            joined.asked.append(pair)
        elif group.join(pair):
            joined.edges.append(pair)
        elif not group.same(pair.left, pair.right):
            (joined.refused if group.two_numbers(pair) else joined.asked).append(pair)
    joined.leader = group.leaders()
    joined.asked = _worth_asking(joined.asked, group)
    return joined


def torn(ordered: Sequence[Scored], apart: Apart) -> set[int]:
    """Records without a number whose best candidate has a rival, nearly as good, known to be another."""
    candidates: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for pair in ordered:
        for row, other in ((pair.left, pair.right), (pair.right, pair.left)):
            if not apart.numbers[row]:
                candidates[row].append((other, pair.weight))
    return {row for row, found in candidates.items() if has_rival(found, apart)}


def has_rival(found: Sequence[tuple[int, float]], apart: Apart) -> bool:
    """Whether a record fits, nearly as well, somebody known to be another than its best candidate.

    Args:
        found: candidates with their weights, the best first.
    """
    best, weight = found[0]
    return any(weight - other <= CLOSE and apart.known(best, rival) for rival, other in found[1:])


def _worth_asking(pairs: Iterable[Scored], group: _Groups) -> list[Scored]:
    """One question for two persons, however many of their records look alike; none that is answered."""
    asked: dict[tuple[int, int], Scored] = {}
    for pair in pairs:
        one, other = sorted((group.find(pair.left), group.find(pair.right)))
        if one != other and not group.told(pair):
            asked.setdefault((one, other), pair)
    return list(asked.values())


class _Groups:
    """Union of records that remembers its members, so that no two of them are known to be different."""

    def __init__(self, apart: Apart) -> None:
        self.apart = apart
        self.parent: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}

    def find(self, row: int) -> int:
        self.parent.setdefault(row, row)
        while self.parent[row] != row:
            self.parent[row] = self.parent[self.parent[row]]
            row = self.parent[row]
        return row

    def same(self, one: int, other: int) -> bool:
        return self.find(one) == self.find(other)

    def of(self, row: int) -> list[int]:
        return self.members.get(self.find(row), [row])

    def join(self, pair: Scored) -> bool:
        """Whether the two were joined by this pair."""
        if self.same(pair.left, pair.right) or self.two_numbers(pair) or self.told(pair):
            return False
        one, other = sorted((self.find(pair.left), self.find(pair.right)))
        self.members[one] = self.of(one) + self.of(other)
        self.members.pop(other, None)
        self.parent[other] = one
        return True

    def two_numbers(self, pair: Scored) -> bool:
        return any(self.apart.two_numbers(a, b) for a in self.of(pair.left) for b in self.of(pair.right))

    def told(self, pair: Scored) -> bool:
        return any(self.apart.told(a, b) for a in self.of(pair.left) for b in self.of(pair.right))

    def leaders(self) -> dict[int, int]:
        return {row: self.find(row) for row in self.parent if len(self.of(row)) > 1}
