"""Small workbooks as they leave, and how a page hands one out."""

from wangge.lib.workbooks import as_file, write_book

from .drawing import drawn
from .missing import not_joined_file, sealed_lines

__all__ = ["as_file", "drawn", "not_joined_file", "sealed_lines", "write_book"]
