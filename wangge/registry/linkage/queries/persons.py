"""How one person came to be: which rows became one, by what evidence."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.registry.people.models import Merge, Person
from wangge.registry.people.queries import fact_lines
from wangge.registry.people.queries.person import FactLine

from ..enums import PairState
from ..models import Pair, SettledRow
from ..pipeline.limits import Limits, limits
from .explaining import Explanation, explain

MOST = 200


@dataclass(frozen=True)
class Joining:
    """One merge: what the absorbed row said, masked, and why the two are one (None: merged by hand)."""

    merge: Merge
    facts: list[FactLine]
    pair: Pair | None
    why: Explanation | None


@dataclass(frozen=True)
class RowJoining:
    """One row of an import that a run found to be this person."""

    row: SettledRow
    why: Explanation


def joinings_of(person: Person) -> list[Joining]:
    """Every merge that made this person, also of those who were merged into it, the newest first."""
    merges = _merges(person)
    told = Pair._base_manager.filter(merge__in=merges)
    by_merge = {pair.merge_id: pair for pair in told}
    bounds = limits()
    return [
        Joining(merge, fact_lines(merge.absorbed), pair, _why(pair, bounds) if pair else None)
        for merge in merges
        for pair in [by_merge.get(merge.pk)]
    ]


def _merges(person: Person) -> list[Merge]:
    found: list[Merge] = []
    level = [person.pk]
    while level and len(found) < MOST:
        # the merges of an absorbed row belong to this person, wherever that row was registered
        merges = list(Merge._base_manager.filter(kept__in=level).select_related("absorbed").order_by("-at"))
        found += merges
        level = [merge.absorbed_id for merge in merges if merge.undone_at is None]
    return found[:MOST]


def _why(pair: Pair, bounds: Limits) -> Explanation:
    return explain(pair.findings, pair.weight, pair.probability, PairState.SAME, bounds)


def rows_of(person: Person) -> list[RowJoining]:
    """Waiting rows that a run settled as this person."""
    found = (
        SettledRow.objects.filter(case__result=person).select_related("case__batch").order_by("-pk")[:MOST]
    )
    bounds = limits()
    return [
        RowJoining(row, explain(row.findings, row.weight, row.probability, PairState.SAME, bounds))
        for row in found
    ]
