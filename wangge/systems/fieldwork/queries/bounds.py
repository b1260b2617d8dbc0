"""How many can have been missed, judged by a random sample."""

from __future__ import annotations

import math

CONFIDENCE = 0.95
STEPS = 60  # halvings: 2 to the minus 60 is less than one household in any country


def upper_bound(missed: int, drawn: int, confidence: float = CONFIDENCE) -> float:
    """The largest share that a sample with so many missed still allows (one-sided).

    The exact bound of Clopper and Pearson (1934), Biometrika 26:404-413: the p at which at most ``missed``
    of ``drawn`` has a chance of 1 - confidence. With none missed it is 1 - 0.05 ** (1 / drawn), which the
    rule of three, 3 / drawn, comes close to (Hanley and Lippman-Hand 1983, JAMA 249:1743). A sample without
    replacement knows more than that, so the bound is on the safe side.

    Args:
        missed: 0 to drawn. confidence: between 0 and 1, without them.

    Raises:
        ValueError: nothing was drawn, or more missed than drawn.
    """
    if drawn < 1 or not 0 <= missed <= drawn:
        raise ValueError("a sample needs at least one room, and no more missed than drawn")
    if missed == drawn:
        return 1.0
    if missed == 0:
        return float(1 - (1 - confidence) ** (1 / drawn))
    low, high = missed / drawn, 1.0
    for _step in range(STEPS):
        middle = (low + high) / 2
        if _at_most(missed, drawn, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def most_missed(missed: int, drawn: int, rooms: int, confidence: float = CONFIDENCE) -> int:
    """At most how many of ``rooms`` were missed."""
    return min(rooms, math.floor(rooms * upper_bound(missed, drawn, confidence) + 1e-9))


def _at_most(hits: int, draws: int, share: float) -> float:
    """The chance of at most so many hits (binomial), by logarithms: draws may be many thousands."""
    if share >= 1.0:
        return 0.0
    log_p, log_q = math.log(share), math.log1p(-share)
    whole = math.lgamma(draws + 1)
    logs = [
        whole - math.lgamma(k + 1) - math.lgamma(draws - k + 1) + k * log_p + (draws - k) * log_q
        for k in range(hits + 1)
    ]
    return math.fsum(map(math.exp, logs))
