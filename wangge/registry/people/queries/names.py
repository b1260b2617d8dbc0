"""Areas by name where a page shows a row's place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from wangge.foundation.territory.queries import names_of, short_name

from ..models import Building, BuildingGrid, Estate, Tie

P = TypeVar("P", Building, BuildingGrid, Estate, Tie)


def named(rows: Iterable[P]) -> list[P]:
    """The rows, each with the name of its community and grid as ``area_name``; one query for all."""
    found = list(rows)
    codes = {row.area_code for row in found if row.area_code}
    names = names_of(codes | {code[:12] for code in codes}) if codes else {}
    for row in found:
        steps = dict.fromkeys([row.area_code[:12], row.area_code])
        called = " ".join(short_name(names[step]) for step in steps if step in names)
        row.area_name = called or row.area_code
    return found
