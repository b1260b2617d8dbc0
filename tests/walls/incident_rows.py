"""The doors of incidents, requests and orders of the hotline; residents' pages need a receipt at most
(tests/systems/incidents)."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import uuid4

from tests.walls.row import Row
from wangge.engines.cases.actions import Matter, open_case
from wangge.systems.incidents.models import HotlineBatch

_numbers = count(1)


def case(community: str) -> dict[str, Any]:
    given = {"system": "event", "kind": "city", "source": "office", "title": f"路灯{next(_numbers)}"}
    matter = Matter(op=uuid4(), area=community, **given)
    return {"number": open_case(actor="test", matter=matter).number}


def batch(community: str) -> dict[str, Any]:
    made = HotlineBatch._base_manager.create(area_code=community, title="工单", made_by="test")
    return {"pk": made.pk}


INCIDENTS = [
    Row("incidents:list", "case.view", query="?area={area}"),
    Row("incidents:new", "case.open"),
    Row("incidents:join", "case.open", case, "POST"),
    Row("incidents:hotline", "ledger.import"),
    Row("incidents:hotline_file", "ledger.import", batch),
    Row("incidents:hotline_write", "ledger.import", batch, "POST"),
    Row("incidents:hotline_drop", "ledger.import", batch, "POST"),
    Row("incidents:hotline_replies", "ledger.export"),
]
OPEN_REPORTS = {
    "report:new",
    "report:where",
    "report:ground",
    "report:mine",
    "report:map",
    "report:track",
    "report:rate",
    "report:reopen",
}

# A key opens these; without one they tell what everybody may know (tests/systems/incidents/test_open311.py).
OPEN311 = {
    "open311:discovery",
    "open311:services",
    "open311:definition",
    "open311:requests",
    "open311:request",
    "open311:updates",
}
