"""The doors of the board."""

from __future__ import annotations

from typing import Any

from tests.walls.row import Row


def number(_area: str) -> dict[str, Any]:
    return {"code": "received", "side": "part"}


INSIGHT = [
    Row("insight:board", "area.view", query="?area={area}"),
    Row("insight:file", "area.view", query="?area={area}"),
    Row("insight:late", "area.view", query="?area={area}"),
    Row("insight:rows", "case.view", number, query="?area={area}"),
]
