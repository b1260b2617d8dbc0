"""The doors of the emergency orders' pages."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests.walls.row import Row
from wangge.foundation.orders import actions
from wangge.foundation.orders.actions import FieldSaid
from wangge.foundation.orders.models import Certificate, Closing, EmergencyOrder

_numbers = count(1)


def draft(community: str) -> dict[str, Any]:
    now = timezone.now()
    made = actions.draft_order(
        actor="test", areas=[community], fields=[FieldSaid("declaration", "Cough", "yes_no", key="cough")],
        number=f"2026-{next(_numbers)}", title="Drill", kind="epidemic", basis="Sample", issuer="Office",
        starts=now - timedelta(hours=1), ends=now + timedelta(days=9), retention_days=3,
    )  # fmt: skip
    return {"pk": made.pk}


def active(community: str) -> dict[str, Any]:
    made = draft(community)
    order = actions.start_order(actor="test", order=EmergencyOrder.objects.get(pk=made["pk"]))
    actions.keep_many([(order.number, "people.person", 1, community, {"cough": "no"})])
    return made


def closing(community: str) -> dict[str, Any]:
    made = active(community)
    actions.request_closing(actor="test", order=EmergencyOrder.objects.get(pk=made["pk"]))
    return made


def erased(community: str) -> dict[str, Any]:
    """As a closing leaves it; the closing itself needs to be outside a transaction."""
    made = closing(community)
    fields = [{"function": "declaration", "key": "cough", "label": "Cough", "values": 1}]
    told = {"areas": [community], "subjects": 1, "rows": {}, "row_labels": {}, "files": {}, "fields": fields}
    summary = json.dumps(told)
    EmergencyOrder.objects.filter(pk=made["pk"]).update(state="erased")
    Closing.objects.filter(order=made["pk"]).update(step="done", summary=summary)
    Certificate.objects.create(
        order_id=made["pk"], number=f"XH{made['pk']}", sha256="0" * 64, sm3="0" * 64, pdf=b"%PDF",
        issued_by="test", issued_at=timezone.now(), backups_until=date(2030, 1, 1),
    )  # fmt: skip
    return made


FORM = "number=2026-x&title=Drill&kind=epidemic&basis=b&issuer=i&areas={area}"
ORDERS = [
    Row("orders:list", "order.view"),
    Row("orders:new", "order.issue"),
    Row("orders:new", "order.issue", None, "POST", form="number="),
    Row("orders:order", "order.view", active),
    Row("orders:edit", "order.issue", draft),
    Row("orders:edit", "order.issue", draft, "POST", form=FORM),
    Row("orders:counts", "order.view", active),
    Row("orders:progress", "order.view", closing),
    Row("orders:rows", "order.view", active),
    Row("orders:export", "order.view", active, "POST", answers=(200, 403)),
    Row("orders:start", "order.issue", draft, "POST"),
    Row("orders:discard", "order.issue", draft, "POST"),
    Row("orders:extend", "order.issue", active, "POST", form="ends=2030-01-01T00:00&reason=longer"),
    Row("orders:close", "order.issue", active, "POST", form="number=wrong&reason=over"),
    Row("orders:accept", "order.issue", closing, "POST", form="reason=known"),
    Row("orders:certificate", "order.view", erased),
    Row("orders:pdf", "order.view", erased),
    Row("orders:summary", "order.view", erased),
]
