"""What a request's pages say beside its own: whether it repeats another, and which columns wait."""

from __future__ import annotations

from typing import Any

from ..enums import Ruling
from ..models import TableRequest
from ..queries.repeats import repeat_of


def standing_of(table: TableRequest) -> dict[str, Any]:
    """repeat: the request this one repeats; new_columns: its new columns; undecided: those that wait."""
    rows = list(table.new_column_rows.all())
    waiting = [row for row in rows if row.state == Ruling.WAITING]
    return {"repeat": repeat_of(table), "new_columns": rows, "undecided": waiting}
