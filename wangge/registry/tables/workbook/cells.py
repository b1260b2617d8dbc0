"""Addresses and contents of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)$")


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text ("" = nothing), its style, its formula ("" = none)."""

    text: str = ""
    style: int = 0
    formula: str = ""

    @property
    def blank(self) -> bool:
        """Whether it says nothing; a formula says something."""
        return not (self.text.strip() or self.formula)


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """A column by its letters: 0 → A, 26 → AA."""
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number_of(column: str) -> int:
    """A column's number by its letters: A → 0."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place(ref: str) -> tuple[int, int]:
    """The row (1-based) and column (0-based) of a reference such as B7 or $B$7."""
    found = _PLACE.match(ref)
    if found is None:
        raise ValueError(ref)
    return int(found[2]), number_of(found[1])


def span(ref: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of A1:B7; a single cell is both."""
    first, _, last = ref.partition(":")
    (r0, c0), (r1, c1) = place(first), place(last or first)
    return r0, c0, r1, c1


def tag(name: str) -> str:
    """The name of an element of a sheet's XML, with its namespace."""
    return f"{{{MAIN}}}{name}"
