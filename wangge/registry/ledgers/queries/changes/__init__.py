"""What a period changed in the register, computed from its rows (S79)."""

from .difference import Difference, difference, hits_of
from .period import FACTS, NAMES, PEOPLE, TIES, Hit, Period
from .tables import Cell, Table, tables_of

__all__ = [
    "FACTS",
    "NAMES",
    "PEOPLE",
    "TIES",
    "Cell",
    "Difference",
    "Hit",
    "Period",
    "Table",
    "difference",
    "hits_of",
    "tables_of",
]
