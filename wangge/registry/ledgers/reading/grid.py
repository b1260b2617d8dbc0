"""A sheet before anybody knows where its table is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from .tables import Row

HEAD_ROWS = 80
# first row, first column, last row, last column; 0-based, inclusive, in the grid's own columns
Merge = tuple[int, int, int, int]


@dataclass
class Grid:
    """Raw rows of one sheet.

    rows() starts over at row 0 each time it is called and gives every row, blank ones too; first_column is
    the 0-based source column of the first cell of a row; height is at least the number of rows.
    """

    name: str
    hidden: bool
    height: int
    rows: Callable[[], Iterator[Row]] = field(repr=False)
    merges: list[Merge] = field(default_factory=list)
    first_column: int = 0
    _head: list[Row] | None = None

    @property
    def head(self) -> list[Row]:
        """The first rows, read once."""
        if self._head is None:
            self._head = list(islice(self.rows(), HEAD_ROWS))
        return self._head


def is_blank(cell: object) -> bool:
    """Whether a raw cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
