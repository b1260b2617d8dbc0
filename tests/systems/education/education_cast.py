"""Sessions and materials of the small district; posts, nobody's name."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.cast import COMMUNITY
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.education.actions.holding import Held, hold_session
from wangge.systems.education.actions.materials import Put, add_material
from wangge.systems.education.actions.planning import Plan, plan_session
from wangge.systems.education.models import Material, Session

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def at(days: int, hour: int = 9) -> datetime:
    """So many days from today, at an hour."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(hour)))


def a_plan(area: str = COMMUNITY, *, days: int = -1, **more: Any) -> Plan:
    """A talk about fire, yesterday at nine for an hour."""
    given: dict[str, Any] = {
        "op": uuid4(), "area": area, "topic": "fire", "way": "talk", "title": "消防讲座", "where": "社区广场",
        "begins_at": at(days), "minutes": 60, "held_by": "社区居委会；消防站宣传员", "audience": "everybody",
    }  # fmt: skip
    return Plan(**(given | more))


def a_session(area: str = COMMUNITY, *, actor: Any = "test", **more: Any) -> Session:
    """A session that is planned."""
    with within(EVERYWHERE):
        return plan_session(actor=actor, plan=a_plan(area, **more))


def held(attended: int = 30, **more: Any) -> Held:
    """What came of an hour."""
    return Held(**({"op": uuid4(), "attended": attended, "minutes": 60} | more))


def a_held_session(
    area: str = COMMUNITY, attended: int = 30, *, given: Any = (), photos: tuple[str, ...] = (), **more: Any
) -> Session:
    """A session that was held."""
    row = a_session(area, **more)
    told = held(attended, given=tuple(given), photos=photos, minutes=row.minutes)
    with within(EVERYWHERE):
        return hold_session(actor="test", session=row, held=told, seen=row.version)


def a_put(area: str = COMMUNITY, **more: Any) -> Put:
    """A leaflet about fire, in use since a month."""
    since = timezone.localdate() - timedelta(days=30)
    given: dict[str, Any] = {
        "op": uuid4(), "area": area, "title": "消防折页", "topic": "fire", "kind": "leaflet",
        "edition": "第一版", "since": since,
    }  # fmt: skip
    return Put(**(given | more))


def a_material(area: str = COMMUNITY, *, actor: Any = "test", **more: Any) -> Material:
    """A material that is in use."""
    with within(EVERYWHERE):
        return add_material(actor=actor, put=a_put(area, **more))


def sent(area: str = COMMUNITY, **more: Any) -> dict[str, str]:
    """The form of a plan as a browser sends it."""
    told = {"op": str(uuid4()), "title": "燃气安全讲座", "topic": "gas", "way": "talk", "audience": "old",
            "area": area, "where": "老人活动室", "linked": "", "day": timezone.localdate().isoformat(),
            "begins": "09:00", "ends": "10:30", "held_by": "社区居委会", "notes": ""}  # fmt: skip
    return told | {key: str(value) for key, value in more.items()}
