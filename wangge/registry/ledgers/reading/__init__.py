"""Workbook or text file → tables. Pure: no database, no Django models."""

from __future__ import annotations

from pathlib import Path

from wangge.registry.ledgers.guards import DEFAULT_LIMITS, Limits

from .tables import Chunk, Ledger, Sheet, SkippedSheet

__all__ = ["Chunk", "Ledger", "Sheet", "SkippedSheet", "open_ledger"]


def open_ledger(path: str | Path, file_name: str = "", *, limits: Limits = DEFAULT_LIMITS,
                include_hidden: bool = False) -> Ledger:
    """Find the tables in a file.

    Args: path of the stored file; file_name as the user knows it (for messages); limits in bytes and counts;
    include_hidden reads hidden sheets too. Raises Unreadable.
    """
    raise NotImplementedError
