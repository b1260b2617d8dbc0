"""Does anything of an erased order remain? Looked for in rows, cells, storage and files."""

from .needles import Needles, make_needles, read_needles
from .search import Report, search_everywhere
from .storage import STORAGE
from .structure import rows_left

__all__ = ["STORAGE", "Needles", "Report", "make_needles", "read_needles", "rows_left", "search_everywhere"]
