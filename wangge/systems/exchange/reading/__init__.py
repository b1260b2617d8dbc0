"""A list of another office as it comes: a table with a column of id numbers. Nothing of it is kept."""

from .answers import Answer
from .guards import FILE_BYTES, ROWS, Unreadable
from .lists import Line, Listed, read_list

__all__ = ["FILE_BYTES", "ROWS", "Answer", "Line", "Listed", "Unreadable", "read_list"]
