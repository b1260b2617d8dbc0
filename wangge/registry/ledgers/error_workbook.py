"""The file back in its own layout, with what is wrong in one red column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ERROR_COLUMN = "错误说明"


@dataclass(frozen=True)
class CellError:
    """sheet name, 1-based source row, 0-based source column (None = whole row), stable code, Chinese message."""

    sheet: str
    row: int
    column: int | None
    code: str
    message: str


def write_error_workbook(source: str | Path, errors: Sequence[CellError], target: str | Path,
                         file_name: str = "") -> None:
    """Write `source` again to `target` (xlsx) with a red column and comments; can be imported again."""
    raise NotImplementedError
