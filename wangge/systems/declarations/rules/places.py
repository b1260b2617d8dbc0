"""Whether declarations speak of one place."""

from __future__ import annotations

from collections.abc import Sequence

from wangge.lib.cells import plain

from ..models import Declaration


def place_of(row: Declaration) -> str:
    """What tells one address from another: the room where it is known, else the words, then the report."""
    if row.room_id:
        return f"room {row.room_id}"
    words = plain(row.stay_address).replace(" ", "")
    return f"words {row.area_code[:12]} {words}" if words else f"report {row.report}"


def one_address(rows: Sequence[Declaration]) -> bool:
    """All of them speak of the same place."""
    return len({place_of(row) for row in rows}) == 1
