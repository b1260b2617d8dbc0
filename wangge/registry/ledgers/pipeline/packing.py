"""Columns of raw cells on their way to another process: a few large objects, not thousands of small ones."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BETWEEN = "\0"  # in no cell of a workbook


@dataclass(frozen=True)
class Packed:
    """A column of ``count`` cells: its texts in one, whatever is no text by row; or numbers alone."""

    count: int
    texts: str
    others: dict[int, Any]
    numbers: array[float] | None = None

    @classmethod
    def of(cls, cells: Sequence[Any]) -> Packed | list[Any]:
        """Pack a column; one that holds the dividing character in a text stays as it is."""
        kinds = set(map(type, cells))
        if kinds == {float}:
            return cls(len(cells), "", {}, array("d", cells))
        others: dict[int, Any] = {}
        if kinds != {str}:
            others = {row: cell for row, cell in enumerate(cells) if type(cell) is not str}
            cells = [*cells]
            for row in others:
                cells[row] = ""
        texts = BETWEEN.join(cells)
        if texts.count(BETWEEN) != len(cells) - 1:
            return [others.get(row, cell) for row, cell in enumerate(cells)]
        return cls(len(cells), texts, others)

    def cells(self) -> list[Any]:
        """The column as it was."""
        if self.numbers is not None:
            return self.numbers.tolist()
        made: list[Any] = self.texts.split(BETWEEN)
        for row, cell in self.others.items():
            made[row] = cell
        return made


def unpacked(column: Packed | Sequence[Any]) -> Sequence[Any]:
    """The cells of a column, packed or not."""
    return column.cells() if isinstance(column, Packed) else column
