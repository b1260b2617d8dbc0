"""From arrays of the generator to rows of the register, written in chunks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

import numpy as np
from django.db import models
from django.utils import timezone
from numpy.typing import NDArray

from wangge.lib.bulk import write_rows

CHUNK = 40_000
Note = Callable[[str, int, int], None]  # title, rows done, rows in all


def write_all(model: type[models.Model], columns: Mapping[str, Any], note: Note, title: str) -> int:
    """Write the columns in chunks; a plain value stands for a column of it."""
    count = max(len(values) for values in columns.values() if _is_column(values))
    for start in range(0, count, CHUNK):
        end = min(start + CHUNK, count)
        write_rows(model, {name: _slice(values, start, end) for name, values in columns.items()})
        note(title, end, count)
    return count


def _is_column(values: Any) -> bool:
    return isinstance(values, (Sequence, np.ndarray)) and not isinstance(values, str)


def _slice(values: Any, start: int, end: int) -> list[Any]:
    if not _is_column(values):
        return [values] * (end - start)
    part = values[start:end]
    return part.tolist() if isinstance(part, np.ndarray) else list(part)


def picked(values: Sequence[Any], indices: NDArray[np.int64]) -> list[Any]:
    """``values`` at ``indices``; None where the index is -1."""
    if (indices < 0).all():
        return [None] * len(indices)
    return [None if i < 0 else values[i] for i in indices.tolist()]


def moments(days: NDArray[np.datetime64]) -> list[datetime]:
    """Nine in the morning of each day, aware."""
    unique, where = np.unique(days, return_inverse=True)
    zone = timezone.get_default_timezone()
    made = [datetime.combine(day, time(9), tzinfo=zone) for day in unique.tolist()]
    return [made[i] for i in where.tolist()]


def emptied(columns: Sequence[str]) -> dict[str, str]:
    """Text columns about which nothing is known."""
    return dict.fromkeys(columns, "")
