"""Matters of a system that exists in tests only."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests import cast
from wangge.engines.cases import kinds
from wangge.engines.cases.actions import Matter, Wish, open_case, take_step
from wangge.engines.cases.models import Case, Step, Unit, UnitMember
from wangge.lib.scoping import EVERYWHERE, within

TRIED = kinds.System(
    "tried", "试用", "cases:show", {"rubbish": "垃圾", "noise": "噪声"}, {"": "incident", "noise": "request"}
)


def a_matter(**more: Any) -> Matter:
    """Rubbish in the grid of the small district."""
    given: dict[str, Any] = {
        "op": uuid4(), "system": "tried", "kind": "rubbish", "area": cast.GRID, "title": "楼下垃圾没人收",
        "source": "worker", "words": "三天没有清", "place": (113.08, 22.6),
    }  # fmt: skip
    return Matter(**(given | more))


def opened(actor: Any = "test", **more: Any) -> Case:
    """A case on the small district's ground."""
    kinds.register(TRIED)
    with within(EVERYWHERE):
        return open_case(actor=actor, matter=a_matter(**more))


def a_unit(name: str = "环卫站", *people: Any, **more: Any) -> Unit:
    """A unit with people who handle for it from today on."""
    given = {"key": name, "name": name, "kind": "department", "area_code": cast.DISTRICT}
    unit = Unit._base_manager.create(**(given | more))
    for user in people:
        UnitMember.objects.create(unit=unit, user=user, since=timezone.localdate())
    return unit


def step(case: Case, key: str, actor: Any = "test", as_reporter: bool = False, **more: Any) -> Step:
    """One step, by whoever sees what is."""
    wish = Wish(key, more.pop("op", None) or uuid4(), more.pop("seen", None), **more)
    with within(EVERYWHERE):
        done = take_step(actor=actor, case=case, wish=wish, as_reporter=as_reporter)
    case.refresh_from_db()
    return done


def handled(case: Case, unit: Unit | None = None) -> Case:
    """A case that a unit has answered."""
    unit = unit or a_unit(f"单位{uuid4().hex[:6]}")
    step(case, "file", level="third")
    step(case, "dispatch", unit=unit)
    step(case, "take")
    step(case, "answer", words="清走了", photos=(("a" * 64, "after"),))
    return case
