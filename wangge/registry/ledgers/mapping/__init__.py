"""Columns of a sheet → facts of the dictionary. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["ColumnProposal", "Reason", "SheetKind", "guess_kind", "memory_key", "propose"]

Reason = Literal["exact", "contains", "fuzzy", "pinyin", "remembered", "values", ""]
SheetKind = Literal["residents", "floating", "staff", "rental", "households", "organisations"]


@dataclass(frozen=True)
class ColumnProposal:
    """What one column probably holds.

    index: column of the sheet; fact: code of the dictionary or None; score 0..1; alternatives: other fact
    codes to offer; ask: a human must decide; dropped_reason: Chinese, why the column is not imported.
    """

    index: int
    column: str
    fact: str | None
    score: float
    reason: Reason
    alternatives: tuple[str, ...] = field(default=())
    ask: bool = False
    dropped_reason: str = ""


def propose(columns: Sequence[str], sample_rows: Sequence[Sequence[object]],
            memory: Mapping[str, str] | None = None) -> list[ColumnProposal]:
    """Propose a fact for every column. memory: memory_key(column) → fact code, "" = do not import."""
    raise NotImplementedError


def guess_kind(proposals: Sequence[ColumnProposal], sheet_name: str = "") -> SheetKind:
    """Guess what one row of the sheet stands for."""
    raise NotImplementedError


def memory_key(column: str) -> str:
    """Return the form of a header under which a unit's answer is remembered."""
    raise NotImplementedError
