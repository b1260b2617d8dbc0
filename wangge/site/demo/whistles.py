"""Whistles of the demo community: one waits for approval, one is on its way, one is judged, one closed."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case, Unit, UnitMember
from wangge.foundation.access.models import User
from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.whistles.actions.blowing import Blown, blow
from wangge.systems.whistles.actions.calling import Approved, approve
from wangge.systems.whistles.actions.reporting import Report, report_in
from wangge.systems.whistles.actions.scoring import Given, score_call
from wangge.systems.whistles.enums import SYSTEM
from wangge.systems.whistles.models import Alert, Hint, Whistle

UNITS = (
    ("demo-eco", "区生态环境（示例）"),
    ("demo-build", "区住建（示例）"),
    ("demo-water", "区水务（示例）"),
)
TOLD = (  # kind, level, title, reason, how far
    (
        "key_problem",
        "advance",
        "示例：后街油烟扰民反复反映",
        "示例：社区劝了五次，店家白天关机晚上开",
        "launched",
    ),
    ("joint_enforcement", "advance", "示例：河边违建和排污口", "示例：要住建、水务、环保一起认定", "going"),
    ("key_problem", "tough", "示例：老旧小区外墙脱落", "示例：没有业委会，维修资金用不了", "done"),
    ("emergency_call", "advance", "示例：暴雨后地库进水", "示例：水泵不够，住户车出不来", "closed"),
)
PHOTO = ("d" * 64, "after")
WORKERS = ("wangge", "wangge2")


def make_whistles(areas: dict[str, str]) -> dict[str, int]:
    """All of it; returns how many.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    with within(EVERYWHERE):
        units = tuple(_unit(key, name, areas["district"]) for key, name in UNITS)
        for number, (kind, level, title, reason, until) in enumerate(TOLD):
            chosen = units[: 2 + number % 2]
            told = Blown(
                _op(number, "blow"), kind, title, reason, areas["grid"], chosen, chosen[0], level,
                address="示例：后街", place=_place(areas["grid"]), matter=_matter() if number == 0 else None,
            )  # fmt: skip
            _carry(number, blow(actor=_login("shuji"), blown=told), chosen, until)
        return {"whistles": Whistle._base_manager.count()}


def _op(number: int, what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo:whistle:{timezone.localdate()}:{number}:{what}")


def _login(name: str) -> Any:
    return User.objects.filter(username=name).first() or "cli"


def _unit(key: str, name: str, district: str) -> Unit:
    given = {"name": name, "kind": "department", "area_code": district, "example": True}
    unit, _new = Unit._base_manager.get_or_create(key=key, defaults=given)
    for user in User.objects.filter(username="bumen"):
        UnitMember.objects.get_or_create(unit=unit, user=user, since=timezone.localdate())
    return unit


def _place(grid: str) -> tuple[float, float] | None:
    shape = territory.shape_on(grid, timezone.localdate())
    point = shape.representative_point() if shape is not None else None
    return (round(point.x, 5), round(point.y, 5)) if point is not None else None


def _matter() -> Case | None:
    """The demo's open incident of the rubbish or the lamp, where there is one."""
    rows = Case._base_manager.filter(system="event", closed_at=None, words__startswith="示例：")
    return rows.order_by("pk").first()


def _carry(number: int, row: Whistle, units: tuple[Unit, ...], until: str) -> None:
    """Take a whistle as far as it is to stand, by whom it belongs to."""
    if until == "launched":
        return
    case = row.case
    told = Approved(_op(number, "approve"), units, units[0], case.level, words="示例：同意")
    approve(actor=_login("jiedao"), case=case, told=told)
    calls = list(row.calls.select_related("unit", "whistle__case").order_by("-lead", "pk"))
    for call in calls[1:] if until == "going" else calls:
        place = (case.lon, case.lat) if case.lon is not None and case.lat is not None else (113.08, 22.6)
        for what in ("sign", "contact", "arrive"):
            said = Report(_op(number, f"{call.pk}:{what}"), what, "示例：已联系社区", place)
            report_in(actor=_login("bumen"), call=call, told=said)
    if until == "going":
        return
    _step(number, case, "plan", "示例：分头查处，周五会商", "shuji")
    _step(number, case, "done", "示例：已处理完", "bumen")
    for call in calls if until == "closed" else calls[:1]:
        given = Given(_op(number, f"{call.pk}:score"), 5, 4, 4 if call.lead else 3, "示例：来得快")
        score_call(actor=_login("shuji"), call=call, given=given)
    if until == "closed":
        _step(number, case, "close", "", "shuji")


def _step(number: int, case: Case, key: str, words: str, login: str) -> None:
    photos = (PHOTO,) if key == "done" else ()
    take_step(actor=_login(login), case=case, wish=Wish(key, _op(number, key), words=words, photos=photos))


def remove_whistles() -> None:
    """Take the demo's whistles out again."""
    rows = Case._base_manager.filter(system=SYSTEM, title__startswith="示例：")
    rows.delete()
    Hint._base_manager.filter(account__in=WORKERS).delete()
    Alert._base_manager.filter(unit__key__startswith="demo-").delete()
    recount(repair=True)
    Unit._base_manager.filter(key__in=[key for key, _name in UNITS], cases=None).delete()
