"""Rows into a department's own sheet. No database: it is given subjects."""

from .column import Filled, Spec
from .sheet import fill_sheet
from .tally import ColumnTally, Tally

__all__ = ["ColumnTally", "Filled", "Spec", "Tally", "fill_sheet"]
