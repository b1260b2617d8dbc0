"""One login per role, all with the same easy password; demo mode only."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password

from wangge.foundation.access import actions as access
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import User
from wangge.foundation.journal import actions as journal

from .ground import HOME, Ground

PASSWORD = "Wangge-demo-2026"
ACTOR = "cli"


@dataclass(frozen=True)
class Login:
    """``level`` says on which area of the demo community the role is given."""

    username: str
    name: str
    role: Role
    level: str  # district | town | community | grid


LOGINS = (
    Login("shuji", "社区书记·关映荷", Role.COMMUNITY_SECRETARY, "community"),
    Login("wangge", "网格员·麦启明", Role.GRID_WORKER, "grid"),
    Login("wangge2", "网格员·黎小满", Role.GRID_WORKER, "grid"),
    Login("jiedao", "镇街干部·伍静澜", Role.STREET_OFFICER, "town"),
    Login("zhongxin", "区级中心·邝立恒", Role.DISTRICT_CENTRE, "district"),
    Login("lingdao", "领导·甄望舒", Role.LEADER, "district"),
    Login("bumen", "区直部门·容知远", Role.DEPARTMENT, "district"),
    Login("renshi", "人事·冼若谷", Role.HR, "district"),
    Login("louzhang", "楼长·区润生", Role.CAPTAIN, "grid"),
    Login("zhiyuan", "志愿者·司徒安然", Role.VOLUNTEER, "community"),
    Login("tuanti", "团体管理员·谭会宁", Role.GROUP_ADMIN, "community"),
    Login("daibiao", "代表委员·欧阳怀瑾", Role.DEPUTY, "community"),
    Login("jiangshi", "培训讲师·简明哲", Role.TRAINER, "district"),
    Login("rencai", "人才专员·聂思齐", Role.TALENT_OFFICER, "district"),
    Login("jumin", "居民·莫平安", Role.RESIDENT, "community"),
    Login("shenji", "审计管理员·廖守正", Role.AUDITOR, "district"),
    Login("xitong", "系统管理员·陆维新", Role.SYSTEM_ADMIN, "district"),
    Login("anquan", "安全管理员·石慎之", Role.SECURITY_ADMIN, "district"),
)


def make_users(ground: Ground) -> int:
    """Open the accounts that are missing and give each its role; returns how many are new."""
    areas = demo_areas(ground)
    hashed = make_password(PASSWORD)
    made = 0
    for login in LOGINS:
        if User.objects.filter(username=login.username).exists():
            continue
        area = areas[login.level]
        user = User.objects.create(
            username=login.username, name=login.name, area_code=area, password=hashed
        )  # not create_user: so many slow hashes of one password would take longer than the people
        journal.record(
            "user.created", actor=ACTOR, area=area, subject=user, changes={"username": login.username}
        )
        access.give_grant(actor=ACTOR, user=user, role=login.role, area_code=area)
        made += 1
    return made


def demo_areas(ground: Ground) -> dict[str, str]:
    """The community the demo logins work in, its first grid, its town and the district."""
    named = [code for code, name in zip(ground.codes, ground.names, strict=True) if name.startswith(HOME)]
    grid = named[0] if named else ground.codes[0]
    return {
        "grid": grid,
        "community": grid[:12],
        "town": grid[:9] + "000",
        "district": settings.DISTRICT + "000000",
    }


def demo_workers() -> list[User]:
    """Who verifies declarations in the demo community."""
    return list(User.objects.filter(username__in=("shuji", "wangge")).order_by("username"))


def logins() -> list[dict[str, str]]:
    """Rows for printing: username, password, name, role, area code. Only accounts that exist."""
    rows = []
    held = {user.username: user for user in User.objects.filter(username__in=[x.username for x in LOGINS])}
    for login in LOGINS:
        if login.username in held:
            rows.append({
                "username": login.username, "password": PASSWORD, "name": login.name,
                "role": str(login.role.label), "area": held[login.username].area_code,
            })  # fmt: skip
    return rows
