"""What may be undone, as small named sentences."""

from __future__ import annotations

from .enums import MACHINE, PairState
from .models import Pair


def may_be_taken_back(pair: Pair) -> bool:
    """A human's decision can be taken back where it was made; what the machine merged is un-merged with a
    reason, and then remembered as different."""
    decided = pair.state in (PairState.SAME, PairState.DIFFERENT)
    return decided and pair.decided_by not in ("", MACHINE)
