"""What people decided, as labels: what each threshold would have done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from wangge.lib.linking.quality import THRESHOLDS, Quality
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Case

from ..enums import MACHINE, PairState
from ..models import Pair
from ..pipeline.limits import Limits, limits

LEAST = 50  # fewer decisions say nothing: 1 error in 50 is 2 %, and that is as fine as they can tell
Label = tuple[float, bool]


@dataclass(frozen=True)
class Line:
    """One upper threshold: pairs of the sample above it, rightly so, and what it means for the pairs of
    today."""

    threshold: float
    joined: int
    right: int
    precision: float | None
    recall: float | None
    merged: int
    asked: int


@dataclass(frozen=True)
class Sample:
    """The labelled sample and what each threshold gives on it; no lines while it is too small."""

    labels: int
    same: int
    least: int
    limits: Limits
    lines: list[Line]

    @property
    def enough(self) -> bool:
        """Whether there are labels enough, of both kinds."""
        return self.labels >= self.least and 0 < self.same < self.labels

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "labels": self.labels, "same": self.same, "least": self.least, "enough": self.enough,
            "upper": self.limits.upper, "lower": self.limits.lower,
            "thresholds": [asdict(line) for line in self.lines],
        }  # fmt: skip


def sample() -> Sample:
    """The sample in reach."""
    labels, bounds = labelled(), limits()
    same = sum(label for _probability, label in labels)
    found = Sample(len(labels), same, LEAST, bounds, [])
    if not found.enough:
        return found
    scores = list(Pair.objects.exclude(state=PairState.REFUSED).values_list("probability", flat=True))
    marks = sorted({*THRESHOLDS, bounds.upper})
    return Sample(len(labels), same, LEAST, bounds, [_line(at, labels, scores, bounds) for at in marks])


def labelled() -> list[Label]:
    """Pairs and waiting rows that a human decided, with the probability the machine gave: what the machine
    merged counts only where somebody undid it."""
    decided = Pair.objects.filter(state__in=[PairState.SAME, PairState.DIFFERENT]).exclude(decided_by=MACHINE)
    cases = Case.objects.filter(state__in=[CaseState.SAME, CaseState.DIFFERENT]).exclude(decided_by=MACHINE)
    pairs = [(p, state == PairState.SAME) for p, state in decided.values_list("probability", "state")]
    return pairs + [(p, state == CaseState.SAME) for p, state in cases.values_list("score", "state")]


def _line(at: float, labels: Sequence[Label], scores: Sequence[float], bounds: Limits) -> Line:
    above = [same for probability, same in labels if probability >= at]
    found = Quality(at, len(above), sum(above), sum(same for _probability, same in labels))
    asked = sum(bounds.lower <= score < at for score in scores)
    merged = sum(score >= at for score in scores)
    return Line(at, found.joined, found.right, found.precision, found.recall, merged, asked)
