"""A handful of report codes of the demo community: its own, of its grids, a house, a firm, a gate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from stdnum import luhn

from wangge.registry.people.models import Building, Organisation
from wangge.systems.declarations.enums import Scope
from wangge.systems.declarations.models import ReportCode

from .ground import HOME
from .register import Register

GRIDS = 3
Plan = tuple[str, str, str, dict[str, Any]]  # scope, area, label, what it hangs on
FIRST_NUMBER = 703_000_001  # nine digits; the tenth is the check digit


def make_codes(register: Register, *, today: date) -> list[ReportCode]:
    """The codes, the community's own first; the last one has ended."""
    grids = home_grids(register)
    community = register.ground.codes[grids[0]][:12]
    name = register.ground.names[grids[0]]
    plans: list[Plan] = [(Scope.COMMUNITY, community, name, {})]
    plans += [
        (Scope.GRID, register.ground.codes[grid], f"{name}第{int(register.ground.codes[grid][12:])}网格", {})
        for grid in grids[:GRIDS]
    ]
    building = Building._base_manager.filter(community=community).order_by("pk").first()
    firm = Organisation._base_manager.filter(community=community).order_by("pk").first()
    if building:
        plans.append((Scope.RENTAL, building.area_code, f"{name}{building.name}", {"building": building}))
    if firm:
        plans.append((Scope.FIRM, firm.area_code, firm.name, {"organisation": firm}))
    plans.append(
        (Scope.ENTRANCE, community, f"{name}入口（旧码，已到期）", {"valid_to": today - timedelta(days=1)})
    )
    return [_make(number, *plan, today) for number, plan in enumerate(plans)]


def first_number() -> str:
    """The number of the demo community's own code, "" before the demo is loaded."""
    code = ReportCode._base_manager.filter(demo=True, scope=Scope.COMMUNITY, valid_to=None).first()
    return code.number if code else ""


def home_grids(register: Register) -> list[int]:
    """The numbers of the grids of the demo community; of the first community where there is none."""
    named = [number for number, name in enumerate(register.ground.names) if name.startswith(HOME)]
    if named:
        return named
    first = np.flatnonzero(register.ground.community_numbers == register.ground.community_numbers[0])
    return [int(number) for number in first]


def _make(number: int, scope: str, area: str, label: str, facts: dict[str, Any], today: date) -> ReportCode:
    body = str(FIRST_NUMBER + number)
    return ReportCode._base_manager.create(
        number=body + luhn.calc_check_digit(body), scope=scope, area_code=area, label=label[:120],
        valid_from=today - timedelta(days=200), demo=True, **facts,
    )  # fmt: skip
