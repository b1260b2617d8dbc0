"""Incidents and requests of the demo community: some wait, some are under way, some are closed and rated."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import xlsxwriter
from django.db.models import Q
from django.utils import timezone

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case, Unit, UnitMember
from wangge.foundation.access.models import User
from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.fieldwork.models import Finding
from wangge.systems.incidents.actions.answering import rate, reopen
from wangge.systems.incidents.actions.hotline import plan_orders, write_orders
from wangge.systems.incidents.actions.reports import Told, take_report
from wangge.systems.incidents.models import Alike, HotlineBatch, HotlineOrder, Report

WORKERS, UNIT, BOOK = ("wangge", "wangge2"), "demo-city", "示例工单.xlsx"
REPORTS = (
    ("event", "示例：巷口路灯不亮，已经三天了", "handling"),
    ("event", "示例：人行道井盖松动，走过会响", "rated"),
    ("event", "示例：后街垃圾三天没有清", "reopened"),
    ("event", "示例：杂物间冒烟，有烧焦味", ""),
    ("request", "示例：老人行动不便，想问能不能上门办证", "replied"),
    ("request", "示例：小区停水两天了，请尽快恢复", ""),
)
ORDERS = (
    ("DEMO20261101001", "示例：市场门口占道经营，影响通行", "投诉"),
    ("DEMO20261101002", "示例：咨询医保怎么转到本地", "咨询"),
)
LATER = (ORDERS[1], ("DEMO20261101003", "示例：楼上夜里装修", "投诉"))
HEADS = ("工单编号", "诉求内容", "诉求类型", "办理时限")
EVENT_STEPS = ("file", "dispatch", "take", "answer", "verify", "close")
REQUEST_STEPS = ("accept", "reply_now", "close")
PHOTO = ("d" * 64, "after")


def make_incidents(areas: dict[str, str], *, today: date) -> dict[str, int]:
    """All of it; returns how many cases.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    with within(EVERYWHERE):
        unit = _unit(areas["district"], today)
        for number, (system, words, until) in enumerate(REPORTS):
            report = take_report(_told(number, system, words, areas, today))
            _carry(report, system, until, unit)
        _hotline(areas)
        return {"incidents": Report._base_manager.count() + HotlineOrder._base_manager.count()}


def _told(number: int, system: str, words: str, areas: dict[str, str], today: date) -> Told:
    grids = territory.grid_codes_on(today, areas["community"])
    grid = grids[number % len(grids)]
    shape = territory.shape_on(grid, today)
    place = shape.representative_point() if shape is not None else None
    point = (round(place.x, 5), round(place.y, 5)) if place is not None else None
    op = uuid5(NAMESPACE_URL, f"demo:report:{today}:{number}")
    return Told(op, system, "", words, grid, point, name="示例居民", phone=f"1000000{number:04}")


def _unit(district: str, today: date) -> Unit:
    """The office that handles, with the department's login."""
    given = {"name": "区城市管理（示例）", "kind": "department", "area_code": district, "example": True}
    unit, _new = Unit._base_manager.get_or_create(key=UNIT, defaults=given)
    for user in User.objects.filter(username="bumen"):
        UnitMember.objects.get_or_create(unit=unit, user=user, since=today)
    return unit


def _carry(report: Report, system: str, until: str, unit: Unit) -> None:
    """Take a case as far as it is to stand, by whom it belongs to."""
    keys: Sequence[str] = EVENT_STEPS if system == "event" else REQUEST_STEPS
    keys = {"": (), "handling": keys[:3], "replied": keys[:2]}.get(until, keys)
    for key in keys:
        _step(report.case, key, unit)
    if until in ("rated", "reopened"):
        content = until == "rated"
        rate(report=report, op=uuid4(), rating=3 if content else 1, solved=content)
    if until == "reopened":
        reopen(report=report, op=uuid4(), words="示例：第二天又堆满了")


def _step(case: Case, key: str, unit: Unit) -> None:
    login = {"take": "bumen", "answer": "bumen"}.get(key, "jiedao" if key in ("verify", "close") else "shuji")
    wish = {
        "file": {"level": "third"}, "accept": {"level": "inquiry"}, "dispatch": {"unit": unit},
        "answer": {"words": "示例：已处理完", "photos": (PHOTO,)}, "verify": {"photos": (PHOTO,)},
        "reply_now": {"words": "示例：可以，社区明天派人上门"}, "close": {"words": "示例：回访过"},
    }.get(key, {})  # fmt: skip
    actor: Any = User.objects.filter(username=login).first() or "cli"
    take_step(actor=actor, case=case, wish=Wish(key, uuid4(), **wish))  # type: ignore[arg-type]


def _hotline(areas: dict[str, str]) -> None:
    """One file that was written, one that waits."""
    user: Any = User.objects.filter(username="shuji").first()
    if user is None:
        return
    for rows in (ORDERS, LATER):
        batch = plan_orders(actor=user, area=areas["community"], content=_book(rows), title=BOOK)
        if rows is ORDERS:
            write_orders(actor=user, batch=batch)


def _book(rows: Sequence[tuple[str, str, str]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    until = timezone.localdate().isoformat()
    for at, row in enumerate((HEADS, *((*row, until) for row in rows))):
        sheet.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def remove_incidents() -> None:
    """Take the demo's cases out again, before the findings they came from go."""
    found = Finding._base_manager.filter(worker__in=WORKERS).values("op")
    demo = Q(op__in=_ops()) | Q(op__in=found) | Q(hotline_order__number__startswith="DEMO")
    cases = Case._base_manager.filter(
        pk__in=list(Case._base_manager.filter(demo).values_list("pk", flat=True))
    )
    Alike.objects.filter(case__in=cases).delete()
    cases.delete()
    HotlineBatch._base_manager.filter(title=BOOK).delete()
    recount(repair=True)


def _ops() -> list[UUID]:
    """The ops of reports whose words say that they are examples."""
    rows = Report._base_manager.filter(case__words__startswith="示例：")
    return list(rows.values_list("case__op", flat=True))
