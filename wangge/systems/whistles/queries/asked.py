"""The units a whistle asks for."""

from __future__ import annotations

from collections.abc import Iterable

from wangge.engines.cases.models import Unit

from ..models import Whistle


def units_asked(row: Whistle) -> list[Unit]:
    """Those that are needed, the lead first."""
    rows = Unit._base_manager.filter(pk__in=row.asked)
    return sorted(rows, key=lambda unit: (unit.pk != row.lead_id, unit.name))


def units_by_whistle(rows: Iterable[Whistle]) -> dict[int, list[Unit]]:
    """The same for several; one read."""
    rows = list(rows)
    known = Unit._base_manager.in_bulk({pk for row in rows for pk in row.asked})
    return {
        row.pk: sorted(
            (known[pk] for pk in row.asked if pk in known),
            key=lambda unit: (unit.pk != row.lead_id, unit.name),
        )
        for row in rows
    }
