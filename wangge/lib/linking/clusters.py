"""From scored pairs to persons: likeliest first, and never two valid numbers in one person."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl


@dataclass
class Clusters:
    """leader: for each record the first record of its person; linked: probability of the pair that
    brought a record in (1.0 for the first); refused: pairs that would join two valid numbers."""

    leader: list[int]
    linked: list[float]
    refused: list[tuple[int, int]] = field(default_factory=list)


def join(count: int, pairs: pl.DataFrame, numbers: list[str | None]) -> Clusters:
    """Join records along the pairs, likeliest first.

    Args:
        count: how many records. pairs: unique_id_l, unique_id_r, match_probability, those above the upper
        threshold. numbers: each record's number where it holds, else None.
    """
    parent, linked = list(range(count)), [1.0] * count
    held: dict[int, str] = {}
    refused = []
    ordered = pairs.sort(["match_weight", "unique_id_l", "unique_id_r"], descending=[True, False, False])
    for left, right, probability in ordered.select(
        "unique_id_l", "unique_id_r", "match_probability"
    ).iter_rows():
        one, other = sorted((_find(parent, left), _find(parent, right)))
        if one == other:
            continue
        mine, theirs = held.get(one) or numbers[one], held.get(other) or numbers[other]
        if mine and theirs and mine != theirs:
            refused.append((left, right))
            continue
        parent[other] = one
        linked[other] = probability
        if number := mine or theirs:
            held[one] = number
    return Clusters([_find(parent, row) for row in range(count)], linked, refused)


def _find(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
