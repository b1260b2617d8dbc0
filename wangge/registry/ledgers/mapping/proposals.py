"""What the mapping says about one column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Reason = Literal["exact", "contains", "fuzzy", "pinyin", "remembered", "values", ""]


@dataclass(frozen=True)
class ColumnProposal:
    """What one column probably holds.

    index: column of the sheet; fact: code of the dictionary or None; score 0..1; alternatives: other fact
    codes to offer; ask: a human must decide; dropped_reason: Chinese, why the column is not imported;
    dropped_code: stable key of it (religion, epidemic, paperwork, …, unknown, blank, duplicate, forgotten).
    """

    index: int
    column: str
    fact: str | None
    score: float
    reason: Reason
    alternatives: tuple[str, ...] = field(default=())
    ask: bool = False
    dropped_reason: str = ""
    dropped_code: str = ""


@dataclass(frozen=True)
class Candidate:
    """One reading of a header."""

    fact: str
    score: float
    reason: Reason
    ask: bool = False
