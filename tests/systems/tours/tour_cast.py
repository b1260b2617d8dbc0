"""Tours of the small district; posts, nobody's name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.cast import COMMUNITY, DISTRICT, GRID
from tests.engines.cases.page_cast import picture
from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.actions.photos import keep_photo
from wangge.engines.cases.models import Case, Step, Unit, UnitMember
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.tours.actions.planning import Plan, StopPlan, create_tour
from wangge.systems.tours.actions.raising import Heard, raise_problem
from wangge.systems.tours.models import Problem, Stop, Tour

DAY = date(2026, 11, 27)


def a_plan(*areas: str, **more: Any) -> Plan:
    """A tour of these areas on 27 November."""
    stops = tuple(StopPlan(area) for area in areas or (GRID, COMMUNITY))
    given: dict[str, Any] = {
        "op": uuid4(), "kind": "research", "title": "网格管理调研", "day": DAY, "lead": "区委主要领导",
        "stops": stops, "participants": "区政府分管领导\n镇街主要负责人", "topics": "网格管理",
    }  # fmt: skip
    return Plan(**(given | more))


def a_tour(*areas: str, actor: Any = "test", **more: Any) -> Tour:
    """A tour that is planned."""
    with within(EVERYWHERE):
        return create_tour(actor=actor, plan=a_plan(*areas, **more))


def stops(tour: Tour) -> list[Stop]:
    """Its stops in their order."""
    return list(Stop._base_manager.filter(tour=tour).order_by("order"))


def a_unit(name: str = "区水务站", *people: Any, area: str = DISTRICT, **more: Any) -> Unit:
    """An office that works in an area, with people from today on."""
    given = {"name": name, "kind": "department", "area_code": area} | more
    unit, _new = Unit._base_manager.get_or_create(key=name, defaults=given)
    for user in people:
        UnitMember.objects.create(unit=unit, user=user, since=timezone.localdate())
    return unit


def soon(days: int = 5) -> date:
    """A day to come."""
    return timezone.localdate() + timedelta(days=days)


def heard(stop: Stop, **more: Any) -> Heard:
    """A decision of the office's, five days from now."""
    given: dict[str, Any] = {
        "op": uuid4(), "stop": stop, "title": "巷口积水", "words": "下雨就淹", "decision": "三天疏通",
        "unit": None, "due": soon(),
    } | more  # fmt: skip
    if given["unit"] is None and given.get("raised", "decision") == "decision":
        given["unit"] = a_unit()
    return Heard(**given)


def a_decision(stop: Stop, actor: Any = "test", **more: Any) -> Problem:
    """A problem that was decided on the spot."""
    with within(EVERYWHERE):
        return raise_problem(actor=actor, heard=heard(stop, **more))


def a_difficulty(stop: Stop, actor: Any = "test", **more: Any) -> Problem:
    """A problem that was noted for the community."""
    given = {"raised": "difficulty", "decision": "", "due": None} | more
    return a_decision(stop, actor, **given)


def with_photo(stop: Stop, actor: Any = "test") -> Problem:
    """A decision with a photo."""
    with within(EVERYWHERE):
        digest = keep_photo(actor="test", content=picture("blue"), area_code=stop.area_code)
    return a_decision(stop, actor, photos=(digest,))


def step(case: Case, key: str, actor: Any = "test", **more: Any) -> Step:
    """One step of a matter."""
    with within(EVERYWHERE):
        done = take_step(actor=actor, case=case, wish=Wish(key, uuid4(), **more))
    case.refresh_from_db()
    return done


def reported_done(problem: Problem, actor: Any = "test") -> Problem:
    """The unit took it on and says that it is done, with a photo."""
    with within(EVERYWHERE):
        digest = keep_photo(actor="test", content=picture("green"), area_code=problem.area_code)
    step(problem.case, "accept", actor)
    step(problem.case, "done", actor, words="疏通了", photos=((digest, "after"),))
    return problem
