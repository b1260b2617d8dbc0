"""Publicity and education of the demo: three materials, four sessions – two held, one to be confirmed, one to
come (S41), all 示例."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.education.actions.holding import Held, hold_session
from wangge.systems.education.actions.materials import Put, add_material
from wangge.systems.education.actions.planning import Plan, plan_session
from wangge.systems.education.models import Material, Session

ACTOR = "cli"
MATERIALS = (  # title, topic, kind, address
    ("示例：家庭燃气安全折页", "gas", "leaflet", ""),
    ("示例：电动车不进楼海报", "fire", "poster", ""),
    ("示例：防溺水短片", "drowning", "video", "https://video.example.gov.cn/shili"),
)
SESSIONS = (  # title, topic, form, place, held by, for whom, days from today, minutes
    ("示例：燃气安全进小区", "gas", "talk", "小区凉亭", "社区居委会；燃气企业安全员", "old", -12, 60),
    ("示例：商铺消防演练", "fire", "drill", "商业街北口", "镇街应急办；消防站宣传员", "firms", -6, 90),
    (
        "示例：反诈宣传摆摊",
        "fraud",
        "board",
        "农贸市场门口",
        "社区居委会；派出所社区民警",
        "everybody",
        -4,
        120,
    ),
    (
        "示例：暑期防溺水家长课",
        "drowning",
        "online",
        "社区视频号",
        "社区居委会；学校安全员",
        "children",
        5,
        45,
    ),
)
CAME = {0: (46, ((0, 60),)), 1: (31, ((1, 24),))}  # who said that it was held: people, materials


def make_education(areas: dict[str, str]) -> dict[str, int]:
    """Materials of the town, sessions of the community; returns how many.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    with within(EVERYWHERE):
        materials = [_material(areas["town"], number) for number in range(len(MATERIALS))]
        sessions = [_session(areas["community"], number) for number in range(len(SESSIONS))]
        for number, (attended, given) in CAME.items():
            row = sessions[number]
            told = tuple((materials[which], many) for which, many in given)
            held = Held(uuid.uuid5(row.op, "held"), attended, row.minutes, told)
            hold_session(actor=ACTOR, session=row, held=held, seen=row.version)
    return {"education_sessions": len(sessions), "education_materials": len(materials)}


def _op(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"demo:education:{timezone.localdate()}:{name}")


def _material(town: str, number: int) -> Material:
    title, topic, kind, link = MATERIALS[number]
    since = timezone.localdate() - timedelta(days=60)
    put = Put(_op(f"m{number}"), town, title, topic, kind, "示例版", since, link, example=True)
    return add_material(actor=ACTOR, put=put, demo=True)


def _session(area: str, number: int) -> Session:
    title, topic, way, where, by, audience, days, minutes = SESSIONS[number]
    day = timezone.localdate() + timedelta(days=days)
    begins = timezone.make_aware(datetime.combine(day, time(9, 30)))
    plan = Plan(
        _op(f"s{number}"), area, topic, way, title, where, begins, minutes, by, audience, example=True
    )
    return plan_session(actor=ACTOR, plan=plan, demo=True)


def remove_education() -> None:
    """Take the demo's sessions and materials out again; a material somebody gave out at a session of her own
    stays."""
    Session._base_manager.filter(demo=True).delete()
    rows = Material._base_manager.filter(demo=True, given=None)
    for name in rows.exclude(content="").values_list("content", flat=True):
        default_storage.delete(name)
    rows.delete()
