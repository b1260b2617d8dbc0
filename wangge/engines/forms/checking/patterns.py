"""Whether a regular expression can take ages: phones that fill a form in go back through every way to match.

An expression is exponentially slow when some text brings it from a place back to itself in two ways
(Weideman et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers"). Its places
and who follows whom are written down (Glushkov); two ways are found in the product with itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .expressions import Node, Ranges, overlap, read

MOST_PLACES = 120
MOST_COPIES = 12  # a{n,m} is written out so often; beyond, it counts as without end
MOST_PAIRS = 100_000  # looked at; an expression that needs more is slow enough to be refused
Pair = tuple[int, int]


class TooBig(ValueError):
    """More places than are looked through."""


@dataclass
class _Part:
    """A piece of an expression: where it may begin and end, and whether it may match nothing at all."""

    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    empty: bool = True


@dataclass
class _Machine:
    """The places with the characters of each, and who follows whom; ``twice``: a loop taken in two ways."""

    places: list[Ranges] = field(default_factory=list)
    steps: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    twice: bool = False
    looked: int = 0

    def place(self, ranges: Ranges) -> _Part:
        if len(self.places) >= MOST_PLACES:
            raise TooBig
        self.places.append(ranges)
        here = len(self.places) - 1
        return _Part([here], [here], False)

    def link(self, last: Iterable[int], first: list[int], *, loop: bool = False) -> None:
        for one in last:
            self.twice |= loop and not self.steps[one].isdisjoint(first)
            self.steps[one].update(first)

    def part(self, node: Node) -> _Part:
        """The piece a node is."""
        if node.kind == "char":
            return self.place(node.ranges)
        if node.kind == "row":
            return self._row([self.part(each) for each in node.parts])
        if node.kind == "either":
            return _either([self.part(each) for each in node.parts])
        if node.kind == "repeat":
            return self._repeated(node)
        if node.kind == "back":
            raise TooBig  # what stood before again: no checklist needs it
        return _Part()

    def _row(self, parts: list[_Part]) -> _Part:
        whole = _Part()
        for part in parts:
            self.link(whole.last, part.first)
            first = whole.first + (part.first if whole.empty else [])
            last = part.last + (whole.last if part.empty else [])
            whole = _Part(first, last, whole.empty and part.empty)
        return whole

    def _repeated(self, node: Node) -> _Part:
        endless = node.most is None or node.most > MOST_COPIES
        copies = max(1, min(node.least, MOST_COPIES)) if endless else (node.most or 0)
        parts = []
        for number in range(copies):
            part = self.part(node.parts[0])
            part.empty = part.empty or number >= node.least
            parts.append(part)
        if endless:
            self.link(parts[-1].last, parts[-1].first, loop=True)
        return self._row(parts)


def _either(parts: list[_Part]) -> _Part:
    first = [place for part in parts for place in part.first]
    last = [place for part in parts for place in part.last]
    return _Part(first, last, any(part.empty for part in parts))


def is_slow(pattern: str) -> bool:
    """Whether some text makes the expression try exponentially many ways, or it is too big to tell.

    Raises:
        Broken: it cannot be read.
    """
    machine, tree = _Machine(), read(pattern)
    try:
        machine.part(tree)
        return machine.twice or any(_parts_and_meets(machine, place) for place in range(len(machine.places)))
    except TooBig:
        return True


def _parts_and_meets(machine: _Machine, place: int) -> bool:
    """Whether one text leads from (place, place) to a pair of different places and back."""
    start = (place, place)
    before: dict[Pair, list[Pair]] = {}
    seen, waiting = {start}, [start]
    while waiting:
        pair = waiting.pop()
        for after in _after(machine, pair):
            before.setdefault(after, []).append(pair)
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    home, waiting = {start}, [start]
    while waiting:
        for pair in before.get(waiting.pop(), ()):
            if pair not in home:
                home.add(pair)
                waiting.append(pair)
    return any(one != other for one, other in home)


def _after(machine: _Machine, pair: Pair) -> Iterator[Pair]:
    for one in machine.steps[pair[0]]:
        for other in machine.steps[pair[1]]:
            machine.looked += 1
            if machine.looked > MOST_PAIRS:
                raise TooBig
            if overlap(machine.places[one], machine.places[other]):
                yield one, other
