"""The cast of the tests: invented people with a role on an area.

``secretary(COMMUNITY)`` is the community secretary there. Names are made up, no person is meant.
"""

from __future__ import annotations

from datetime import date
from itertools import count

from wangge.foundation.access import actions
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import User
from wangge.foundation.territory.models import Area

DISTRICT = "440703000000"
TOWN, OTHER_TOWN = "440703002000", "440703003000"
COMMUNITY, OTHER_COMMUNITY = "440703002001", "440703003001"
GRID, OTHER_GRID = "440703002001001", "440703003001001"
PASSWORD = "长风破浪-Kl83-会有时"
_numbers = count(1)


def person_with(*roles_and_areas: tuple[str, str], name: str = "") -> User:
    """A user with these grants: ``person_with((Role.LEADER, TOWN), (Role.HR, TOWN))``."""
    number = next(_numbers)
    home = roles_and_areas[0][1] if roles_and_areas else DISTRICT
    user, _secret = actions.create_user(
        actor="test",
        username=f"cast{number}",
        name=name or f"试用{number}",
        area_code=home,
        password=PASSWORD,
    )
    for role, area in roles_and_areas:
        actions.give_grant(actor="test", user=user, role=role, area_code=area)
    return user


def nobody() -> User:
    """Signed in, without any grant."""
    return person_with(name="吴权")


def secretary(area_code: str = COMMUNITY) -> User:
    """A community secretary."""
    return person_with((Role.COMMUNITY_SECRETARY, area_code), name="苏记书")


def worker(grid: str = GRID) -> User:
    """A grid worker."""
    return person_with((Role.GRID_WORKER, grid), name="王格")


def officer(town: str = TOWN) -> User:
    """A street officer."""
    return person_with((Role.STREET_OFFICER, town), name="何街办")


def leader(area_code: str = DISTRICT) -> User:
    """A leader: aggregates only."""
    return person_with((Role.LEADER, area_code), name="凌导")


def district_user(area_code: str = DISTRICT) -> User:
    """Somebody in the district centre."""
    return person_with((Role.DISTRICT_CENTRE, area_code), name="钟新曲")


def auditor(area_code: str = DISTRICT) -> User:
    """An auditor."""
    return person_with((Role.AUDITOR, area_code), name="沈季")


def system_admin(area_code: str = DISTRICT) -> User:
    """A system administrator: settings, no persons."""
    return person_with((Role.SYSTEM_ADMIN, area_code), name="习桐")


def security_admin(area_code: str = DISTRICT) -> User:
    """A security administrator: users and grants."""
    return person_with((Role.SECURITY_ADMIN, area_code), name="安荃")


def lay_ground() -> None:
    """The district, two towns with one community and one grid each."""
    codes = [(DISTRICT, "district", "蓬江区", None)]
    for town, community, grid, name in (
        (TOWN, COMMUNITY, GRID, "甲"),
        (OTHER_TOWN, OTHER_COMMUNITY, OTHER_GRID, "乙"),
    ):
        codes.append((town, "town", f"{name}街道", DISTRICT))
        codes.append((community, "community", f"{name}一社区", town))
        codes.append((grid, "grid", f"{name}一网格", community))
    for code, level, name, parent in codes:
        kind = "general" if level == "grid" else ""
        Area(
            code=code, level=level, name=name, parent_id=parent, kind=kind, valid_from=date(2020, 1, 1)
        ).save()
