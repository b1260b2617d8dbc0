"""A firm's staff list as it comes: a small Excel file, its columns found by their names. Nothing is kept."""

from .columns import Columns, find_columns
from .guards import Unreadable
from .staff import StaffLine, StaffList, read_staff

__all__ = ["Columns", "StaffLine", "StaffList", "Unreadable", "find_columns", "read_staff"]
