"""Two emergency orders, both 示例: a screening in force, and a typhoon that is over, erased and certified."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from wangge.foundation.orders import actions
from wangge.foundation.orders.actions import FieldSaid
from wangge.foundation.orders.models import (
    Certificate,
    Closing,
    EmergencyOrder,
    OrderFile,
    OrderValue,
)
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Person, Tie
from wangge.systems.declarations.enums import State
from wangge.systems.declarations.models import Declaration

ACTOR = "cli"
SCREENING, TYPHOON = "示例疫指〔2026〕1号", "示例风指〔2026〕2号"
SUBJECTS = 48
OPEN = (State.SUBMITTED, State.TO_VERIFY, State.TRANSFERRED)
ASKED = (
    FieldSaid("declaration", "最近一次核酸采样日期", "date", key="sampled_on", note="48 小时内"),
    FieldSaid("declaration", "有无发热、咳嗽等症状", "yes_no", key="symptoms", required=True),
    FieldSaid(
        "declaration", "来自何种风险地区", "choice", ("低风险", "中风险", "高风险"), key="risk", required=True
    ),
    FieldSaid("declaration", "症状或接触情况说明", "text", key="told"),
    FieldSaid("group", "成员最近一次核酸采样日期", "date", key="member_sampled_on"),
    FieldSaid("group", "体温（℃）", "number", key="degrees"),
)
SHELTERS = ("示例小学体育馆", "示例文化中心", "投亲靠友")
MOVED = (
    FieldSaid("declaration", "是否需要转移安置", "yes_no", key="to_move", required=True),
    FieldSaid("declaration", "安置点", "choice", SHELTERS, key="shelter"),
    FieldSaid("declaration", "已转移", "yes_no", key="moved"),
    FieldSaid("declaration", "行动不便等情况说明", "text", key="needs"),
)


def make_screening(town: str) -> int:
    """A screening in force in one town, with what was said in its declarations (of its people, where nobody
    declared yet); returns how many values."""
    if EmergencyOrder._base_manager.filter(number=SCREENING).exists():
        return 0
    order = _started(SCREENING, "示例：入返人员疫情排查", "epidemic", town, ASKED)
    today = timezone.localdate()
    rows = []
    label, subjects = _subjects(town)
    for place, (pk, area) in enumerate(subjects):
        values = {
            "sampled_on": today - timedelta(days=place % 4),
            "symptoms": place % 12 == 0,
            "risk": ("低风险", "低风险", "中风险")[place % 3],
            "told": f"示例说明第{place + 1}条：无接触史" if place % 12 == 0 else "",
        }
        rows.append((order.number, label, pk, area, values))
    return actions.keep_many(rows, actor=ACTOR)


def _subjects(town: str) -> tuple[str, list[tuple[int, str]]]:
    """Whom the screening asks, as (key, area)."""
    here = Q(prefix_filter("area_code", prefix_of(town)))
    open_ones = Declaration._base_manager.filter(here, demo=True, state__in=OPEN)
    if declared := list(open_ones.order_by("pk").values_list("pk", "area_code")[:SUBJECTS]):
        return Declaration._meta.label_lower, declared
    homes = Tie._base_manager.filter(here, kind=TieKind.LIVES, valid_to=None, person__demo=True)
    people = homes.order_by("person_id").values_list("person_id", "area_code")[:SUBJECTS]
    return Person._meta.label_lower, list(people)


def make_typhoon(town: str) -> bool:
    """A typhoon whose data is gone: closed for real, so that its certificate is a real one. While the
    register is still empty that takes no time; inside a transaction it cannot be done."""
    if connection.in_atomic_block or EmergencyOrder._base_manager.filter(number=TYPHOON).exists():
        return False
    order = _started(TYPHOON, "示例：台风“虚构”转移安置", "typhoon", town, MOVED)
    rows = [(order.number, "demo.household", place, town, _moved(place)) for place in range(1, SUBJECTS + 1)]
    actions.keep_many(rows, actor=ACTOR)
    actions.close_order(actor=ACTOR, order=order, reason="示例：应急响应解除")
    return True


def _moved(place: int) -> dict[str, object]:
    to_move = place % 3 != 0
    shelter = SHELTERS[place % 3] if to_move else ""
    told = f"示例情况第{place}条：需要轮椅" if place % 16 == 0 else ""
    return {"to_move": to_move, "shelter": shelter, "moved": to_move, "needs": told}


def _started(number: str, title: str, kind: str, town: str, fields: tuple[FieldSaid, ...]) -> EmergencyOrder:
    now = timezone.now()
    order = actions.draft_order(
        actor=ACTOR, areas=[town], fields=fields, demo=True, number=number, title=title, kind=kind,
        basis="示例：没有依据，只供演示", issuer="示例应急指挥部", starts=now - timedelta(days=2),
        ends=now + timedelta(days=12), retention_days=7,
    )  # fmt: skip
    return actions.start_order(actor=ACTOR, order=order)


def remove_orders() -> None:
    """Take the demo orders out again, with their certificates; files of theirs are swept by nobody else, but
    the demo has none."""
    demo = EmergencyOrder._base_manager.filter(demo=True)
    for model in (OrderValue, OrderFile, Certificate, Closing):
        model._base_manager.filter(order__in=demo).delete()
    demo.delete()
