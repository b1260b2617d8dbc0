"""The doors of whistles."""

from __future__ import annotations

from typing import Any

from tests.systems.whistles.whistle_cast import a_unit, approved, blown, call_of, hinted
from tests.walls.row import Row


def number(area: str) -> dict[str, Any]:
    return {"number": blown(a_unit("墙下队"), area=f"{area}001").case.number}


def call(area: str) -> dict[str, Any]:
    unit, helper = a_unit("墙下队"), a_unit("墙下协办队")
    row = approved(unit, helper, area=f"{area}001")
    return {"pk": call_of(row, helper).pk}


def hint(area: str) -> dict[str, Any]:
    return {"pk": hinted(area=f"{area}001").pk}


def rows(_area: str) -> dict[str, Any]:
    return {"unit": 0, "figure": "called"}


def side(_area: str) -> dict[str, Any]:
    return {"side": "whole"}


WHISTLES = [
    Row("whistles:list", "case.view", query="?area={area}"),
    Row("whistles:export", "case.view", query="?area={area}"),
    Row("whistles:new", "campaign.manage"),
    Row("whistles:new", "campaign.manage", None, "POST", form="title="),
    Row("whistles:aside", "campaign.manage", hint, "POST"),
    Row("whistles:report", "case.view", call, "POST"),
    Row("whistles:score", "case.view", call, "POST"),
    Row("whistles:approve", "case.view", number, "POST"),
    Row("whistles:call", "case.view", number, "POST"),
    Row("whistles:departments", "area.view", query="?area={area}"),
    Row("whistles:departments_file", "area.view", query="?area={area}"),
    Row("whistles:departments_rows", "case.view", rows, query="?area={area}"),
    Row("whistles:bounds", "area.view", everywhere=True),
    Row("whistles:change_bounds", "settings.manage", None, "POST"),
    Row("whistles:rates", "area.view", query="?area={area}"),
    Row("whistles:rates_file", "area.view", query="?area={area}"),
    Row("whistles:rates_rows", "case.view", side, query="?area={area}"),
]
