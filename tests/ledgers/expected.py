"""What reading and mapping must find in each workbook of `build.py`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """One sheet: header rows (1-based), first data row, rows, header → fact, header → why dropped, kind.

    asked: headers a human must confirm. skipped: what the body left out, by reason.
    """

    name: str
    header_rows: tuple[int, ...]
    first_row: int
    rows: int
    facts: dict[str, str]
    kind: str
    dropped: dict[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)
    last_row: int | None = None


@dataclass(frozen=True)
class Expected:
    """One file: its format, tables, and sheets left out as name → code."""

    format: str
    tables: tuple[Table, ...]
    left_out: dict[str, str] = field(default_factory=dict)
