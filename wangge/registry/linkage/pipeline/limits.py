"""From where on pairs are merged, and from where on they are asked about: settings of the district."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.foundation.territory.queries.settings import setting

UPPER, LOWER = "link.upper", "link.lower"
USUAL_UPPER, USUAL_LOWER = 0.98, 0.2


@dataclass(frozen=True)
class Limits:
    """Probabilities: merged from ``upper`` on, asked from ``lower`` on, apart below."""

    upper: float
    lower: float


def limits() -> Limits:
    """The thresholds in force today."""
    return Limits(float(setting(UPPER, USUAL_UPPER)), float(setting(LOWER, USUAL_LOWER)))
