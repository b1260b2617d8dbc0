"""The doors of the areas' pages."""

from datetime import date
from typing import Any

from tests.walls.row import Row
from wangge.foundation.territory.models import AreaChange


def _area(code: str) -> dict[str, Any]:
    return {"code": code}


def _grid(community: str) -> dict[str, Any]:
    return {"code": f"{community}001"}


def _change(community: str) -> dict[str, Any]:
    grids = [f"{community}001"]
    made = AreaChange.objects.create(
        area_code=community, kind="border", on=date(2999, 1, 1), from_codes=grids, to_codes=grids, actor="cli"
    )
    return {"pk": made.pk}


TERRITORY = [
    Row("territory:areas", "area.view"),
    Row("territory:map", "area.view"),
    Row("territory:grids", "area.view"),
    Row("territory:export", "area.view"),
    Row("territory:import", "area.divide"),
    Row("territory:area", "area.view", _area),
    Row("territory:children", "area.view", _area),
    Row("territory:standards", "area.view", _area),
    Row("territory:describe", "area.divide", _grid),
    Row("territory:border", "area.divide", _grid),
    Row("territory:withdraw", "area.divide", _change, "POST"),
    Row("territory:split", "area.divide", _grid),
    Row("territory:merge", "area.divide", _area),
]
