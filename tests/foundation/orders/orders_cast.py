"""Orders for the tests: an epidemic screening in one town, with what it asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from wangge.foundation.orders import actions
from wangge.foundation.orders.actions import FieldSaid
from wangge.foundation.orders.models import EmergencyOrder

NUMBER = "示例疫指〔2026〕1号"
FIELDS = (
    FieldSaid("declaration", "48小时核酸时间", "date", key="tested_on", required=True),
    FieldSaid("declaration", "有无症状", "yes_no", key="symptoms"),
    FieldSaid("declaration", "症状说明", "text", key="told"),
    FieldSaid("declaration", "来自何种地区", "choice", ("低风险", "中风险", "高风险"), key="risk"),
    FieldSaid("group", "体温", "number", key="degrees"),
)
TOLD = "嗓子疼三天了去过虚构镇卫生院"


def about(number: str = NUMBER, **changed: Any) -> dict[str, Any]:
    """What an order says, without areas and fields."""
    now = timezone.now()
    return {
        "number": number, "title": "某地疫情排查", "kind": "epidemic", "basis": "示例依据",
        "issuer": "示例指挥部", "starts": now - timedelta(hours=1), "ends": now + timedelta(days=10),
        "retention_days": 5, **changed,
    }  # fmt: skip


def draft(actor: Any = "test", areas: tuple[str, ...] = (cast.TOWN,), **changed: Any) -> EmergencyOrder:
    """A draft."""
    fields = changed.pop("fields", FIELDS)
    return actions.draft_order(actor=actor, areas=areas, fields=fields, **about(**changed))


def started(actor: Any = "test", areas: tuple[str, ...] = (cast.TOWN,), **changed: Any) -> EmergencyOrder:
    """An order in force."""
    return actions.start_order(actor=actor, order=draft(actor, areas, **changed))


def subject() -> Any:
    """A row of the town that an order may ask about: a grid stands in for a declaration."""
    return Subject("440703002001001", cast.COMMUNITY)


class Subject:
    """As a row of another app looks to the orders: a label, a key, an area."""

    class _meta:
        label_lower = "declarations.declaration"

    def __init__(self, pk: Any, area_code: str) -> None:
        self.pk, self.area_code = pk, area_code


def keep(order: EmergencyOrder, pk: Any = 1, **values: Any) -> int:
    """Keep values about a subject in the community."""
    row = (order.number, "declarations.declaration", pk, cast.COMMUNITY, values)
    return actions.keep_many([row])


def overdue(order: EmergencyOrder) -> None:
    """Let the order's time be over, as if it had begun long ago."""
    now = timezone.now()
    EmergencyOrder._base_manager.filter(pk=order.pk).update(
        starts=now - timedelta(days=40), ends=now - timedelta(days=6)
    )
