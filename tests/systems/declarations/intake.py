"""What the tests of taking declarations send: invented people, a code on a gate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.cast import GRID
from wangge.lib import signing
from wangge.lib.identifiers import make_demo_id
from wangge.lib.serials import new_code_number
from wangge.systems.declarations.models import ReportCode

BORN = date(1990, 5, 6)
PHONE = "10000001234"


def id_number(serial: int = 1, born: date = BORN) -> str:
    """A number that no real person can hold."""
    return make_demo_id("999703", born, serial)


def a_code(area: str = GRID, **facts: Any) -> ReportCode:
    """A live code that hangs in the area."""
    number = new_code_number()
    given = {
        "number": number,
        "scope": "grid",
        "label": f"网格 {number}",
        "valid_from": timezone.localdate() - timedelta(days=1),
    } | facts
    return ReportCode._base_manager.create(area_code=area, **given)


def token_of(code: ReportCode, **facts: Any) -> str:
    """What the QR of the code says."""
    return signing.sign(
        signing.Token("C", int(code.number), facts.get("round", code.round), facts.get("ends"))
    )


def somebody(serial: int = 1, **facts: Any) -> dict[str, Any]:
    """One person of a submission."""
    return {"name": "林晓月", "id_type": "111", "id_no": id_number(serial), "phone": PHONE} | facts


def a_payload(code: str = "", **facts: Any) -> dict[str, Any]:
    """A family member coming home, declared from the phone of her own."""
    return {
        "report": str(uuid4()),
        "code": code,
        "kind": "returning",
        "reported_by": "self",
        "consent": {"notice": "2026-11"},
        "people": [somebody()],
        "trip": {"from_text": "广州", "arrive_at": timezone.now().isoformat(), "transport": "train"},
        "stay": {"address": "甲一社区虚构花园1栋101"},
    } | facts
