"""Requests of departments for a table, what was filled, and how columns were answered."""

from .column import NewColumn
from .fill import Fill
from .memory import ColumnMemory
from .request import TableRequest

__all__ = ["ColumnMemory", "Fill", "NewColumn", "TableRequest"]
