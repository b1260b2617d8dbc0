"""Precision and recall of joined records, pair by pair, against records whose person is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from .clusters import join
from .linked import Linked

THRESHOLDS = (0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True)
class Quality:
    """At one upper threshold: pairs joined, joined rightly, and that ought to be joined."""

    threshold: float
    joined: int
    right: int
    true: int

    @property
    def precision(self) -> float | None:
        """Of the pairs joined the share that is right; None when none was joined."""
        return self.right / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        """Of the true pairs the share that was joined; None when there is none."""
        return self.right / self.true if self.true else None

    @property
    def f1(self) -> float | None:
        """2 · right / (joined + true); None when there is nothing to join."""
        return 2 * self.right / (self.joined + self.true) if self.joined + self.true else None


def quality(leaders: Sequence[int], people: pl.Series, threshold: float = 0.0) -> Quality:
    """Compare clusters with the truth.

    Args:
        leaders: cluster of each record. people: the known person of each record, None where not known
        (such records are left out).
    """
    both = pl.DataFrame({"cluster": leaders, "person": people}).drop_nulls("person")
    return Quality(
        threshold, _pairs(both, "cluster"), _pairs(both, "cluster", "person"), _pairs(both, "person")
    )


def _pairs(frame: pl.DataFrame, *keys: str) -> int:
    sizes = frame.group_by(keys).len()["len"].cast(pl.Int64)
    return int((sizes * (sizes - 1) // 2).sum())


def by_threshold(linked: Linked, people: pl.Series) -> list[Quality]:
    """What each upper threshold would give on a labelled sample."""
    numbers = linked.tokens.select(pl.when("id_ok").then("id").alias("id"))["id"].to_list()
    rows = []
    for threshold in THRESHOLDS:
        above = linked.pairs.filter(pl.col("match_probability") >= threshold)
        rows.append(quality(join(linked.tokens.height, above, numbers).leader, people, threshold))
    return rows
