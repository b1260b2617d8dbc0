"""Imports, their rows, what must be asked, exports, and the standard ledger."""

from .adjudication import Case
from .admitted import AdmittedField, HeaderRuling
from .batch import Batch, MappingMemory, Row
from .export import Export
from .standard import Adoption, LedgerCount, Standard

__all__ = [
    "AdmittedField",
    "Adoption",
    "Batch",
    "Case",
    "Export",
    "HeaderRuling",
    "LedgerCount",
    "MappingMemory",
    "Row",
    "Standard",
]
