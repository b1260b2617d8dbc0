"""What people have said: pairs that were found to be different are never asked about or merged again."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Case
from wangge.registry.people.enums import PersonStatus
from wangge.registry.people.models import Merge, Person

from ..enums import PairState
from ..models import Pair


@dataclass(frozen=True)
class Memory:
    """``different``: pairs of present persons; ``reopened``: pairs somebody wants to look at again;
    ``rows``: waiting rows by key, with persons they are not."""

    different: set[tuple[int, int]]
    reopened: set[tuple[int, int]]
    rows: set[tuple[str, int]]

    def forbids(self, one: int, other: int) -> bool:
        """Whether the machine may not merge the two: somebody found them different, or took a merge back."""
        pair = _ordered(one, other)
        return pair in self.different or pair in self.reopened


def remembered() -> Memory:
    """Everything decided so far, in the persons of today: who was merged stands for who took them in."""
    into = dict(
        Person._base_manager.filter(status=PersonStatus.MERGED).exclude(merged_into=None)
        .values_list("pk", "merged_into_id")
    )  # fmt: skip
    told = Pair._base_manager.filter(state=PairState.DIFFERENT).values_list("one_id", "other_id")
    taken_back = Pair._base_manager.filter(state=PairState.OPEN).exclude(merge=None)
    undone = Merge._base_manager.exclude(undone_at=None).exclude(pk__in=taken_back.values("merge_id"))
    cases = Case._base_manager.filter(state=CaseState.DIFFERENT)
    rows = list(cases.values_list("key", "person_id", "result_id"))
    pairs = [*told, *undone.values_list("kept_id", "absorbed_id")]
    pairs += [(result, person) for _key, person, result in rows if result]
    different = {_ordered(_root(one, into), _root(other, into)) for one, other in pairs}
    return Memory(
        {pair for pair in different if pair[0] != pair[1]},
        {_ordered(one, other) for one, other in taken_back.values_list("one_id", "other_id")},
        {(key, _root(person, into)) for key, person, _result in rows},
    )


def _root(pk: int, into: dict[int, int]) -> int:
    seen = set()
    while pk in into and pk not in seen:
        seen.add(pk)
        pk = into[pk]
    return pk


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (min(one, other), max(one, other))
