"""Units, whistles and how far they went; all invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests import cast
from wangge.engines.cases.actions import Matter, Wish, open_case, take_step
from wangge.engines.cases.models import Case, Step, Unit, UnitMember
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import User
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.whistles.actions.blowing import Blown, blow
from wangge.systems.whistles.actions.calling import Approved, approve
from wangge.systems.whistles.actions.hinting import Asked, take_hint
from wangge.systems.whistles.actions.reporting import Report, report_in
from wangge.systems.whistles.actions.scoring import Given, score_call
from wangge.systems.whistles.models import Call, Hint, Score, Whistle

PLACE, FAR = (113.08, 22.6), (113.1, 22.6)  # some two kilometres apart
AFTER = "c" * 64


def member() -> User:
    """Somebody of a department of the district."""
    return cast.person_with((Role.DEPARTMENT, cast.DISTRICT), name="卜门")


def a_unit(name: str, *people: Any, **more: Any) -> Unit:
    """A department of the district with these members."""
    given = {
        "key": f"whistled-{uuid4().hex[:8]}",
        "name": name,
        "kind": "department",
        "area_code": cast.DISTRICT,
    }
    unit = Unit._base_manager.create(**(given | more))
    for user in people:
        UnitMember.objects.create(unit=unit, user=user, since=timezone.localdate())
    return unit


def a_matter(**more: Any) -> Case:
    """An open matter of another system in the grid of the small district."""
    given: dict[str, Any] = {
        "op": uuid4(), "system": "event", "kind": "environment", "area": cast.GRID, "title": "夜市油烟扰民",
        "source": "resident", "words": "每晚到两点", "place": PLACE, "address": "虚构路 1 号",
    }  # fmt: skip
    return open_case(actor="test", matter=Matter(**(given | more)))


def told(units: tuple[Unit, ...], **more: Any) -> Blown:
    """A whistle for these units, the first of them the lead."""
    given: dict[str, Any] = {
        "op": uuid4(), "kind": "key_problem", "title": "油烟扰民多次反复", "reason": "社区劝了五次没有用",
        "area": cast.GRID, "units": units, "lead": units[0] if units else None, "place": PLACE,
    }  # fmt: skip
    return Blown(**(given | more))


def blown(*units: Unit, actor: Any = "test", **more: Any) -> Whistle:
    """A whistle that waits for approval."""
    return blow(actor=actor, blown=told(units, **more))


def hinted(**more: Any) -> Hint:
    """A worker asks for a whistle."""
    given: dict[str, Any] = {
        "op": uuid4(), "area": cast.GRID, "title": "夜间噪声", "words": "多次劝导无效", "at": timezone.now(),
        "account": "wangge-test", "place": PLACE, "photos": ("e" * 64,),
    }  # fmt: skip
    return take_hint(asked=Asked(**(given | more)))


def approved(*units: Unit, by: Any = "test", actor: Any = "test", **more: Any) -> Whistle:
    """A whistle whose units are called."""
    row = blown(*units, actor=actor, **more)
    given = Approved(uuid4(), units, units[0], row.case.level)
    approve(actor=by, case=row.case, told=given)
    row.case.refresh_from_db()
    return row


def call_of(row: Whistle, unit: Unit) -> Call:
    """The newest call of a unit."""
    return (
        Call._base_manager.filter(whistle=row, unit=unit).select_related("unit", "whistle__case").latest("pk")
    )


def step(row: Whistle, key: str, actor: Any = "test", **more: Any) -> Step:
    """One step of the whistle's case."""
    with within(EVERYWHERE):
        done = take_step(actor=actor, case=row.case, wish=Wish(key, more.pop("op", None) or uuid4(), **more))
    row.case.refresh_from_db()
    return done


def reported(row: Whistle, unit: Unit, what: str, actor: Any = "test", **more: Any) -> Call:
    """What a unit says of itself."""
    given: dict[str, Any] = {"words": "知道了", "place": PLACE if what == "arrive" else None}
    said = Report(more.pop("op", None) or uuid4(), what, **(given | more))
    call = report_in(actor=actor, call=call_of(row, unit), told=said)
    row.case.refresh_from_db()
    return call


def arrived(row: Whistle, *units: Unit) -> Whistle:
    """These units signed, were in contact and arrived."""
    for unit in units:
        for what in ("sign", "contact", "arrive"):
            reported(row, unit, what)
    return row


def done(row: Whistle, *units: Unit) -> Whistle:
    """They arrived, and it is done."""
    arrived(row, *units)
    step(row, "plan", words="分头查处")
    step(row, "done", words="整改了", photos=((AFTER, "after"),))
    return row


def scored(row: Whistle, unit: Unit, *numbers: int, actor: Any = "test", **more: Any) -> Score:
    """A unit is judged: response, attitude, result."""
    given = Given(more.pop("op", None) or uuid4(), *(numbers or (5, 4, 3)), **more)
    return score_call(actor=actor, call=call_of(row, unit), given=given)


def moved(call: Call, **moments: datetime | timedelta) -> Call:
    """The same call as if it had been at other times; a span is from now."""
    now = timezone.now()
    for name, moment in moments.items():
        setattr(call, name, now + moment if isinstance(moment, timedelta) else moment)
    call.save()
    return call
