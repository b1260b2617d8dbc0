"""Naming a grid and saying which party organisation stands on it (S60)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.models import Area


@transaction.atomic
def describe_grid(*, actor: Any, grid: Area, name: str, party_group: str = "", note: str = "") -> Area:
    """Change what a grid is called, its party organisation and the remark; an equal call does nothing."""
    wanted = {"name": name.strip() or grid.name, "party_group": party_group.strip(), "note": note.strip()}
    changes = {
        key: [getattr(grid, key), value] for key, value in wanted.items() if getattr(grid, key) != value
    }
    if changes:
        for key, value in wanted.items():
            setattr(grid, key, value)
        grid.save(update_fields=list(changes))
        journal.record("area.described", actor=actor, area=grid.code, subject=grid, changes=changes)
    return grid
