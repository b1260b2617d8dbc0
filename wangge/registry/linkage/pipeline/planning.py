"""What a run comes to: who becomes one, which rows are settled, what is asked, what may never be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl
from django.conf import settings

from wangge.lib.linking import Linked

from .joining import Apart, Joined, Scored, has_rival, join
from .memory import Memory
from .records import Records
from .weighing import Findings, Standing, common_area, findings, gain, standing


@dataclass(frozen=True)
class Found:
    """Two persons by key, in the order kept and absorbed where they are merged."""

    one: int
    other: int
    scored: Scored
    findings: Findings
    gain: float
    area: str


@dataclass(frozen=True)
class Settling:
    """A waiting row (its case) that is the person beside it."""

    case: int
    scored: Scored
    findings: Findings


@dataclass
class Plan:
    """``merges`` in an order in which each can be done: a person is kept until all others are in."""

    merges: list[Found] = field(default_factory=list)
    settles: list[Settling] = field(default_factory=list)
    asks: list[Found] = field(default_factory=list)
    refused: list[Found] = field(default_factory=list)
    apart: int = 0  # pairs for which something spoke, but not enough

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "merged": len(self.merges), "settled": len(self.settles), "asked": len(self.asks),
            "two_numbers": len(self.refused), "apart": self.apart,
        }  # fmt: skip


def plan(
    records: Records, linked: Linked, memory: Memory, *, upper: float, lower: float, inside: set[int] | None
) -> Plan:
    """Decide what follows from the scored pairs.

    Args:
        upper, lower: probabilities. inside: only pairs with one of these persons; None for all.
    """
    persons, rows = _split(records, linked.pairs, lower)
    here = None if inside is None else {row for row, pk in enumerate(records.persons) if pk in inside}
    apart = _apart(records, memory)
    valid = linked.tokens["id_ok"].fill_null(False).to_list()
    joined = join(persons, upper, apart, valid, here)
    settled = [
        (records.rows[row].case, pair)
        for row, pair in _settled(records, rows, joined, apart, memory, upper)
        if inside is None or records.rows[row].person in inside
    ]
    weak = linked.pairs.filter(pl.col("match_probability") < lower).height
    return _told(records, linked, joined, settled, weak)


def _split(records: Records, pairs: pl.DataFrame, lower: float) -> tuple[list[Scored], list[Scored]]:
    """Pairs of persons, and pairs of a person (left) and a waiting row (right)."""
    count = len(records.persons)
    persons: list[Scored] = []
    rows: list[Scored] = []
    columns = ("unique_id_l", "unique_id_r", "match_weight", "match_probability")
    for one, other, weight, probability in (
        pairs.filter(pl.col("match_probability") >= lower).select(columns).iter_rows()
    ):
        left, right = min(one, other), max(one, other)
        if left < count:  # two waiting rows are nobody's question
            (persons if right < count else rows).append(Scored(left, right, weight, probability))
    return persons, rows


def _apart(records: Records, memory: Memory) -> Apart:
    at = {pk: row for row, pk in enumerate(records.persons)}
    said = [(at[one], at[other]) for one, other in memory.different if one in at and other in at]
    return Apart(records.indexes, said)


def _settled(
    records: Records, pairs: Iterable[Scored], joined: Joined, apart: Apart, memory: Memory, upper: float
) -> Iterable[tuple[int, Scored]]:
    """Waiting rows that are, above the threshold and without a rival, the very person they wait beside."""
    candidates: dict[int, list[Scored]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda each: -each.weight):
        candidates[pair.right].append(pair)
    for row, found in candidates.items():
        at = row - len(records.persons)
        waiting, best = records.rows[at], found[0]
        rival = has_rival([(pair.left, pair.weight) for pair in found], apart)
        here = {
            joined.leader.get(pair.left, pair.left)
            for pair in found
            if records.persons[pair.left] == waiting.person
        }
        fits = joined.leader.get(best.left, best.left) in here
        said = (waiting.key, records.persons[best.left]) in memory.rows
        if waiting.alone and fits and best.probability >= upper and not rival and not said:
            yield at, best


def _told(
    records: Records, linked: Linked, joined: Joined, settled: list[tuple[int, Scored]], weak: int
) -> Plan:
    """The plan in persons' keys, with findings, gains and areas."""
    pairs = [*joined.edges, *joined.asked, *joined.refused]
    found = findings(linked, [(p.left, p.right) for p in [*pairs, *(pair for _case, pair in settled)]])
    stand = standing(records.persons[row] for pair in pairs for row in (pair.left, pair.right))
    kept = _kept(records, joined, stand)

    def told(pair: Scored, one: int, other: int) -> Found:
        area = common_area(stand.area.get(one, ""), stand.area.get(other, ""), settings.DISTRICT + "000000")
        worth = gain(pair.probability, min(stand.size(one), stand.size(other)))
        return Found(one, other, pair, found[pair.left, pair.right], worth, area)

    def keys(pair: Scored) -> tuple[int, int]:
        one, other = (kept.get(row, records.persons[row]) for row in (pair.left, pair.right))
        return min(one, other), max(one, other)

    return Plan(
        [told(pair, one, other) for one, other, pair in _merges(records, joined, kept)],
        [Settling(case, pair, found[pair.left, pair.right]) for case, pair in settled],
        [told(pair, *keys(pair)) for pair in joined.asked],
        [told(pair, *keys(pair)) for pair in joined.refused],
        weak,
    )


def _kept(records: Records, joined: Joined, stand: Standing) -> dict[int, int]:
    """For each record of a joined person the key of the one that is kept."""
    kept: dict[int, int] = {}
    for rows in joined.persons():
        best = max((records.persons[row] for row in rows), key=stand.keeps)
        kept |= dict.fromkeys(rows, best)
    return kept


def _merges(records: Records, joined: Joined, kept: dict[int, int]) -> Iterable[tuple[int, int, Scored]]:
    """Kept, absorbed, and the pair by which the absorbed one hangs together with the kept one."""
    beside: dict[int, list[tuple[int, Scored]]] = defaultdict(list)
    for pair in joined.edges:
        beside[pair.left].append((pair.right, pair))
        beside[pair.right].append((pair.left, pair))
    for rows in joined.persons():
        keep = kept[rows[0]]
        start = next(row for row in rows if records.persons[row] == keep)
        waiting, seen = [start], {start}
        while waiting:
            here = waiting.pop(0)
            for row, pair in beside[here]:
                if row not in seen:
                    seen.add(row)
                    waiting.append(row)
                    yield keep, records.persons[row], pair
