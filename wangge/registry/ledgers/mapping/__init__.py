"""Columns of a sheet → facts of the dictionary. Pure."""

from .around import names_around, told_around
from .choose import memory_key, propose
from .kinds import SheetKind, guess_kind
from .proposals import ColumnProposal, Reason
from .unkept import not_kept

__all__ = [
    "ColumnProposal",
    "Reason",
    "SheetKind",
    "guess_kind",
    "memory_key",
    "names_around",
    "not_kept",
    "propose",
    "told_around",
]
