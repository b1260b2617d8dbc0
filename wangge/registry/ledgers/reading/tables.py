"""What reading hands on: a Ledger of Sheets, each given out in column-oriented chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Cell = Any  # str, float, bool, date, datetime, time; "" where nothing stands
Row = list[Cell]


@dataclass(frozen=True)
class Chunk:
    """Some rows of a sheet, column by column. Unpacks as `row_numbers, columns`.

    row_numbers: 1-based rows of the source sheet; columns[i][k] is the raw cell of column i in row k.
    parts: only for unfolded household sheets, which member of the source row each row is (0 = the head).
    """

    row_numbers: list[int]
    columns: list[list[Cell]]
    parts: list[int] | None = None

    @classmethod
    def of(cls, row_numbers: list[int], rows: list[Row]) -> Chunk:
        """Turn rows into columns."""
        return cls(row_numbers, [list(column) for column in zip(*rows, strict=True)])

    def __iter__(self) -> Iterator[list]:
        return iter((self.row_numbers, self.columns))

    def __len__(self) -> int:
        return len(self.row_numbers)


@dataclass
class Sheet:
    """One table found in a file.

    header_rows and first_row are 1-based rows of the source; columns are header texts, the rows of a
    deeper header joined with "/"; source_columns are the 0-based columns of the source sheet.
    """

    name: str
    hidden: bool
    header_rows: tuple[int, ...]
    columns: list[str]
    first_row: int
    source_columns: list[int | None]
    row_count: int
    rows: Callable[[], Iterator[tuple[int, Row]]] = field(repr=False)
    part_columns: list[list[int | None]] | None = None
    skipped_rows: dict[str, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()  # what stands above the header

    def chunks(self, size: int = 20_000) -> Iterator[Chunk]:
        """Yield the data rows, at most `size` a time; blank, total and repeated header rows are left out."""
        numbers: list[int] = []
        rows: list[Row] = []
        for number, row in self.rows():
            numbers.append(number)
            rows.append(row)
            if len(rows) >= size:
                yield Chunk.of(numbers, rows)
                numbers, rows = [], []
        if rows:
            yield Chunk.of(numbers, rows)

    def sample(self, count: int = 50) -> list[Row]:
        """Return the first `count` data rows, for the mapping to look at."""
        found: list[Row] = []
        for _number, row in self.rows():
            found.append(row)
            if len(found) >= count:
                break
        return found

    def source_column(self, column: int, part: int | None = None) -> int | None:
        """Return the 0-based column of the source sheet for `column` of this table (and household `part`)."""
        if part is not None and self.part_columns is not None:
            return self.part_columns[part][column]
        return self.source_columns[column]


@dataclass(frozen=True)
class SkippedSheet:
    """A sheet that is not imported: code hidden | empty | no_table; why in Chinese."""

    name: str
    code: str
    why: str


@dataclass
class Ledger:
    """A file as read: its tables, the sheets left out, remarks for the user (macros, encoding), and what
    ``open_ledger`` takes to open the same bytes again without inspecting them."""

    file_name: str
    format: str
    sheets: list[Sheet]
    skipped: list[SkippedSheet]
    notes: list[str]
    package: dict[str, Any] | None = None
