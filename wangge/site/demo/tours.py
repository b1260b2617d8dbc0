"""A tour of the demo: two stops on 27 November, what was decided there, a problem noted (S01, S33)."""

from __future__ import annotations

import io
import uuid
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.actions.photos import keep_photo
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case, Unit, UnitMember
from wangge.foundation.access.models import User
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, prefix_filter, within
from wangge.registry.people.models import Estate
from wangge.systems.tours.actions.planning import Plan, StopPlan, create_tour
from wangge.systems.tours.actions.raising import Heard, raise_problem
from wangge.systems.tours.enums import Kind, Raised
from wangge.systems.tours.models import Problem, Stop, Tour

ACTOR, LEADER, OFFICER = "cli", "lingdao", "bumen"
UNIT, ECONOMIC = "demo-housing", "联合"  # the community of the economic federation that was visited
DECIDED = (  # stop, title, words, decision, days, how far it goes
    (0, "示例：村道路灯坏了三盏", "示例：晚上经过看不清", "示例：三天内修好，沿线再查一遍", 3, "done"),
    (
        1,
        "示例：小区电动车充电位不够",
        "示例：住户说要排队",
        "示例：物业和社区一起选址，先加二十个",
        14,
        "accept",
    ),
)
NOTED = (1, "示例：老旧小区没有物业，收不到钱", "示例：分摊办法谈了三次没有谈成")


def make_tours(areas: dict[str, str], *, today: date) -> dict[str, int]:
    """The tour and what was raised; returns how many of each.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    with within(EVERYWHERE):
        tour = create_tour(actor=ACTOR, plan=_plan(areas, today), demo=True)
        stops, unit = list(Stop._base_manager.filter(tour=tour).order_by("order")), _unit(areas["district"])
        for number, (at, title, words, decision, days, until) in enumerate(DECIDED):
            due = timezone.localdate() + timedelta(days=days)
            heard = Heard(
                _op(today, number), stops[at], title, words=words, decision=decision, unit=unit, due=due
            )
            _carry(raise_problem(actor=_who(LEADER), heard=heard).case, until, areas["community"])
        at, title, words = NOTED
        heard = Heard(_op(today, len(DECIDED)), stops[at], title, str(Raised.DIFFICULTY), words)
        raise_problem(actor=_who(LEADER), heard=heard)
    return {"tours": 1, "tour_problems": Problem._base_manager.filter(stop__tour=tour).count()}


def _op(today: date, number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"demo:tour:{today}:{number}")


def _who(login: str) -> Any:
    return User.objects.filter(username=login).first() or ACTOR


def _plan(areas: dict[str, str], today: date) -> Plan:
    other = _other(areas)
    estate = Estate._base_manager.filter(prefix_filter("area_code", areas["community"]), demo=True).first()
    stops = (
        StopPlan(other.code, "联合经联社" if other.name.startswith(ECONOMIC) else "", time(9, 30)),
        StopPlan(areas["community"], estate.name if estate else "", time(11, 0)),
    )
    return Plan(
        _op(today, 100), str(Kind.INSPECTION), "网格化管理和安全生产督导（示例）", date(today.year, 11, 27),
        "区委主要领导", stops, "区政府分管领导\n镇街主要负责人\n相关部门负责人",
        "示例：网格管理、安全生产、小区日常管理中的困难", example=True,
    )  # fmt: skip


def _other(areas: dict[str, str]) -> Area:
    """The community of the federation, else any other."""
    rows = Area.objects.filter(level="community", valid_to=None).exclude(code=areas["community"])
    town = rows.filter(prefix_filter("code", areas["town"][:9])).order_by("code")
    found = town.filter(name__startswith=ECONOMIC).first() or town.first() or rows.order_by("code").first()
    return found or Area.objects.get(code=areas["community"])


def _unit(district: str) -> Unit:
    """The office that does what was decided, with the department's login."""
    given = {"name": "区住建部门（示例）", "kind": "department", "area_code": district, "example": True}
    unit, _new = Unit._base_manager.get_or_create(key=UNIT, defaults=given)
    for user in User.objects.filter(username=OFFICER):
        UnitMember.objects.get_or_create(unit=unit, user=user, since=timezone.localdate())
    return unit


def _carry(case: Case, until: str, area: str) -> None:
    """Taken on, and where it goes so far reported done."""
    take_step(actor=_who(OFFICER), case=case, wish=Wish("accept", uuid.uuid5(case.op, "accept")))
    if until == "done":
        words = "示例：三盏都修好了，另外查出一盏，也换了"
        wish = Wish("done", uuid.uuid5(case.op, "done"), words=words, photos=((_photo(area), "after"),))
        take_step(actor=_who(OFFICER), case=case, wish=wish)


def _photo(area: str) -> str:
    """A plain picture: no place and nobody."""
    stream = io.BytesIO()
    Image.new("RGB", (320, 240), "#3b6ea5").save(stream, "JPEG")
    return keep_photo(actor=ACTOR, content=stream.getvalue(), area_code=area)


def remove_tours() -> None:
    """Take the demo's tours out again, with what was raised on them."""
    demo = Tour._base_manager.filter(demo=True)
    cases = list(Problem._base_manager.filter(stop__tour__in=demo).values_list("case", flat=True))
    Case._base_manager.filter(pk__in=cases).delete()
    demo.delete()
    recount(repair=True)
    Unit._base_manager.filter(key=UNIT, cases=None).delete()
