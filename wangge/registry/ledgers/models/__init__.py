"""Imports, their rows, what must be asked, and the standard ledger."""

from .adjudication import Case
from .batch import Batch, MappingMemory, Row
from .standard import Adoption, LedgerCount, Standard

__all__ = ["Adoption", "Batch", "Case", "LedgerCount", "MappingMemory", "Row", "Standard"]
