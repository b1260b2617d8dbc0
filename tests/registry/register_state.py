"""The whole register as plain values, to compare before and after."""

from __future__ import annotations

from typing import Any

from wangge.registry.people.actions import links
from wangge.registry.people.models import Contradiction, Household, Merge, Person, Tie

FIXED = {"updated_at"}


def state_of_register() -> dict[str, dict[Any, dict[str, Any]]]:
    """Every row of every table that can name a person, as plain values."""
    tables = {Person, Tie, Contradiction, Household} | {model for model, _field in links().values()} - {Merge}
    return {
        model._meta.label: {
            row.pk: {
                f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if f.name not in FIXED
            }
            for row in model._base_manager.all()
        }
        for model in tables
    }
