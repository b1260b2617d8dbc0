"""The doors of the areas' pages."""

from typing import Any

from tests.walls.row import Row


def _area(code: str) -> dict[str, Any]:
    return {"code": code}


def _grid(community: str) -> dict[str, Any]:
    return {"code": f"{community}001"}


TERRITORY = [
    Row("territory:areas", "area.view"),
    Row("territory:map", "area.view"),
    Row("territory:grids", "area.view"),
    Row("territory:export", "area.view"),
    Row("territory:import", "area.divide"),
    Row("territory:area", "area.view", _area),
    Row("territory:children", "area.view", _area),
    Row("territory:describe", "area.divide", _grid),
    Row("territory:split", "area.divide", _grid),
    Row("territory:merge", "area.divide", _area),
]
