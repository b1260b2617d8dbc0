"""How a reaction says what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from wangge.foundation.journal.models import Entry

Reaction = Callable[[Entry], None]
_R = TypeVar("_R", bound=Reaction)


def own_transactions(reaction: _R) -> _R:
    """Mark a long reaction that commits piece by piece and can resume; it gets no outer transaction."""
    reaction.own_transactions = True  # type: ignore[attr-defined]
    return reaction


class Postponed(Exception):
    """Raised by a reaction whose time has not come: tried again later, not counted as a failure."""

    def __init__(self, seconds: int = 60) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds} s")
