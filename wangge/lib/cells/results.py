"""What cleaning one cell, or one column, gives back."""

from __future__ import annotations

from typing import Any, NamedTuple


class Cell(NamedTuple):
    """One cleaned cell: ``value`` is None when the cell is empty or refused;
    ``error``/``warning`` is a code of ``messages`` or ""."""

    value: Any = None
    error: str = ""
    warning: str = ""


class Problem(NamedTuple):
    """Why one row of a column was refused (``error``) or deserves a look (``warning``)."""

    error: str = ""
    warning: str = ""

    @property
    def code(self) -> str:
        """The one code to show: the error, or else the warning."""
        return self.error or self.warning


EMPTY = Cell()


def refused(code: str) -> Cell:
    """A cell that cannot be taken, with the code that says why."""
    return Cell(None, code)
