"""The doors of verifying declarations, of their figures, and of 粤居码 status."""

from __future__ import annotations

from typing import Any

from tests.systems.declarations.verify_cast import a_declaration
from tests.walls.people_rows import person
from tests.walls.row import Row


def declaration(community: str) -> dict[str, Any]:
    return {"pk": a_declaration(area_code=community, phone="10000012345").pk}


def revealed(community: str) -> dict[str, Any]:
    return {**declaration(community), "field": "phone"}


def rate(community: str) -> dict[str, Any]:
    return {"code": "verified", "side": "whole"}


def code(community: str) -> dict[str, Any]:
    return {"code": "code", "side": "whole"}


VERIFY = [
    Row("fieldcodes:scan", "declaration.view"),
    Row("fieldcodes:scan", "declaration.view", None, "POST", form="text=1"),
    Row("declarations:list", "declaration.view", query="?area={area}"),
    Row("declarations:export", "ledger.export", query="?area={area}"),
    Row("declarations:rates", "area.view", query="?area={area}"),
    Row("declarations:rates_export", "area.view", query="?area={area}"),
    Row("declarations:rates_rows", "declaration.view", rate, query="?area={area}"),
    Row("declarations:residence", "declaration.view", query="?area={area}"),
    Row("declarations:residence_mark", "declaration.verify", person, "POST", form="guided=on"),
    Row("declarations:residence_rates", "area.view", query="?area={area}"),
    Row("declarations:residence_rows", "declaration.view", code, query="?area={area}"),
    Row("declarations:residence_list", "ledger.import", query="?area={area}"),
    Row("declarations:residence_list", "ledger.import", None, "POST"),
    Row("declarations:residence_export", "area.view", query="?area={area}"),
    Row("declarations:profile", "area.view"),
    Row("declarations:change_profile", "settings.manage", None, "POST"),
    Row("declarations:several", "declaration.verify", None, "POST"),
    Row("declarations:undo", "declaration.verify", None, "POST"),
    Row("declarations:decide", "declaration.verify", declaration, "POST", form="verb=verify"),
    Row("declarations:take_address", "declaration.verify", declaration, "POST"),
    Row("declarations:correct", "declaration.verify", declaration),
    Row("declarations:correct", "declaration.verify", declaration, "POST", form="name=%E4%BB%A4"),
    Row("declarations:card", "declaration.verify", declaration),
    Row("declarations:reveal", "person.reveal", revealed, "POST", form="reason=%E6%A0%B8%E5%AE%9E"),
]
