"""Imports, their rows, what must be asked, exports, and the standard ledger."""

from .adjudication import Case
from .batch import Batch, MappingMemory, Row
from .export import Export
from .standard import Adoption, LedgerCount, Standard

__all__ = ["Adoption", "Batch", "Case", "Export", "LedgerCount", "MappingMemory", "Row", "Standard"]
