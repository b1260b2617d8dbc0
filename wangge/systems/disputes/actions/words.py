"""What is said with a step is kept apart, sealed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wangge.engines.cases.models import Case
from wangge.lib.sealing import seal

from ..models import Words
from ..models.dispute import SAID


def keep_words(*, actor: Any, case: Case, op: UUID, words: str) -> None:
    """Keep what was said with the step of this op; the engine calls it in the step's own transaction."""
    Words._base_manager.create(case=case, op=op, words_sealed=sealed(words))


def sealed(words: str) -> str:
    """As the database keeps it; "" for nothing."""
    return seal(words, SAID) if words else ""
