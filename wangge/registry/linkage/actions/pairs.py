"""Rows of pairs: written, renewed, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone

from wangge.lib.bulk import find_rows
from wangge.registry.people.enums import PersonStatus
from wangge.registry.people.models import Merge, Person

from ..enums import MACHINE, PairState
from ..models import LinkRun, Pair
from ..pipeline.planning import Found

Key = tuple[int, int]
RENEWED = (
    "area_code", "run", "probability", "weight", "findings", "gain", "state", "merge", "decided_by",
    "decided_at",
)  # fmt: skip


class Written(NamedTuple):
    """A pair as it is to stand."""

    found: Found
    state: PairState
    merge: Merge | None = None


def write_pairs(run: LinkRun | None, written: Iterable[Written], inside: set[int] | None) -> dict[str, int]:
    """Write pairs, renew those that are there, and withdraw open questions of the same area that this run
    does not ask any more. What people decided stays.

    Args:
        inside: the persons of the run's area, None for all.

    Returns: merged, asked, two_numbers, withdrawn.
    """
    wanted = {_key(each.found.one, each.found.other): each for each in reversed(list(written))}
    held = {_key(pair.one_id, pair.other_id): pair for pair in Pair._base_manager.defer("findings")}
    retired = _retired(wanted)
    new, renewed = [], []
    for key, each in wanted.items():
        pair = held.get(key)
        if each.state != PairState.SAME and retired & set(key):
            continue  # one of the two became somebody else in this very run
        if pair is None:
            new.append(Pair(one_id=each.found.one, other_id=each.found.other, **_values(run, each)))
        elif _may_renew(pair, each):
            for name, value in _values(run, each).items():
                setattr(pair, name, value)
            renewed.append(pair)
    Pair._base_manager.bulk_create(new, batch_size=2000)
    Pair._base_manager.bulk_update(renewed, RENEWED, batch_size=500)
    counted = [pair.state for pair in (*new, *renewed)]
    names = {"merged": PairState.SAME, "asked": PairState.OPEN, "two_numbers": PairState.REFUSED}
    counts = {name: counted.count(state) for name, state in names.items()}
    return counts | {"withdrawn": _withdraw(held, wanted, inside) if run else 0}


def _key(one: int, other: int) -> Key:
    return (min(one, other), max(one, other))


def _values(run: LinkRun | None, each: Written) -> dict[str, Any]:
    found, decided = each.found, each.state == PairState.SAME
    return {
        "area_code": found.area, "run": run, "probability": found.scored.probability,
        "weight": found.scored.weight, "findings": found.findings, "gain": found.gain, "state": each.state,
        "merge": each.merge, "decided_by": MACHINE if decided else "",
        "decided_at": timezone.now() if decided else None,
    }  # fmt: skip


def _may_renew(pair: Pair, each: Written) -> bool:
    """A human's word stands; a question that was taken back remembers its merge."""
    if pair.state in (PairState.DIFFERENT, PairState.SAME):
        return each.state == PairState.SAME
    return pair.merge_id is None or each.state == PairState.SAME


def _retired(wanted: Iterable[Key]) -> set[int]:
    persons = sorted({person for key in wanted for person in key})
    found = find_rows(Person, "id", persons, ("id", "status"))
    return {pk for pk, status in found if status == PersonStatus.MERGED}


def _withdraw(held: dict[Key, Pair], wanted: dict[Key, Written], inside: set[int] | None) -> int:
    """Questions nobody would ask today: something was corrected, or one of the two was merged."""
    stale = [
        pair.pk
        for key, pair in held.items()
        if pair.state in (PairState.OPEN, PairState.REFUSED) and pair.merge_id is None and key not in wanted
        and (inside is None or inside & set(key))
    ]  # fmt: skip
    for start in range(0, len(stale), 500):
        Pair._base_manager.filter(pk__in=stale[start : start + 500]).delete()
    return len(stale)
