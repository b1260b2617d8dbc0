"""Workbook or text file → tables. Pure: no database, no Django models."""

from .opening import open_ledger
from .tables import Chunk, Ledger, Sheet, SkippedSheet

__all__ = ["Chunk", "Ledger", "Sheet", "SkippedSheet", "open_ledger"]
