"""The doors of the ledgers' pages."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.registry.ledgers.import_cast import row, workbook
from tests.walls.people_rows import person
from tests.walls.row import Row
from wangge.lib.sealing import seal
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.actions.admission import admit_field
from wangge.registry.ledgers.enums import BatchState
from wangge.registry.ledgers.models import Batch, Case

_numbers = count(1)
OFFERED = seal(json.dumps({"facts": {"name": "测试"}, "ties": [], "door": "", "day": "2026-01-01"}))


def _batch(community: str) -> Batch:
    content = workbook([row(f"测试{next(_numbers)}")])
    batch = actions.receive_file(actor="cli", area_code=community, name="台账.xlsx", content=content)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.RECEIVED)
    batch.refresh_from_db()
    return batch


def batch(community: str) -> dict[str, Any]:
    return {"pk": _batch(community).pk}


def planned(community: str) -> dict[str, Any]:
    return {"pk": actions.plan_batch(actor="cli", batch=_batch(community)).pk}


def rows_of(community: str) -> dict[str, Any]:
    return {**planned(community), "outcome": "new"}


def case(community: str) -> dict[str, Any]:
    number = next(_numbers)
    made = Case.objects.create(
        area_code=f"{community}001", batch=_batch(community), sheet="1", number=number, key=f"k{number}",
        person_id=person(community)["pk"], score=0.5, offered_sealed=OFFERED,
    )  # fmt: skip
    return {"pk": made.pk}


def code(_area: str) -> dict[str, Any]:
    return {"code": "resident"}


def community(area: str) -> dict[str, Any]:
    return {"code": area}


def admitted(_area: str) -> dict[str, Any]:
    field = admit_field(
        actor="test", asked_by="水务局", name=f"饮水来源{next(_numbers)}", kind="text", purpose="饮水安全",
        basis="示例", retention="一年", question="家里喝什么水？",
    )  # fmt: skip
    return {"code": field.code}


IN_AREA = "?area={area}"
LEDGERS = [
    Row("ledgers:list", "ledger.view", query=IN_AREA),
    Row("ledgers:imports", "ledger.import"),
    Row("ledgers:upload", "ledger.import"),
    Row("ledgers:upload", "ledger.import", None, "POST", form="area={area}", answers=(400, 422)),
    Row("ledgers:import", "ledger.import", batch),
    Row("ledgers:columns", "ledger.import", batch),
    Row("ledgers:plan", "ledger.import", planned),
    Row("ledgers:plan", "ledger.import", planned, "POST"),
    Row("ledgers:commit", "ledger.import", planned, "POST"),
    Row("ledgers:progress", "ledger.import", batch),
    Row("ledgers:touched", "ledger.import", batch),
    Row("ledgers:cancel", "ledger.import", batch, "POST"),
    Row("ledgers:errors", "ledger.import", planned),
    Row("ledgers:rows", "ledger.import", rows_of),
    Row("ledgers:adjudications", "person.merge"),
    Row("ledgers:settle_many", "person.merge", None, "POST", form="same=no"),
    Row("ledgers:undo", "person.merge", None, "POST", form="case=1", answers=(404,)),
    Row("ledgers:adjudication", "person.merge", case),
    Row("ledgers:settle", "person.merge", case, "POST", form="same=no"),
    Row("ledgers:standards", "ledger.view"),
    Row("ledgers:adopt", "ledger.import", community, "POST"),
    Row("ledgers:template", "ledger.view", query="?ledger=resident"),
    Row("ledgers:publish", "standard.publish", query="?ledger=resident"),
    Row("ledgers:dictionary", "ledger.view"),
    Row("ledgers:fact", "ledger.view", lambda area: {"code": "education"}, everywhere=True),
    Row("ledgers:withdraw", "field.admit", admitted, "POST", form="reason=x", everywhere=True),
    Row("ledgers:ledger", "ledger.view", code, query=IN_AREA),
    Row("ledgers:count", "ledger.view", code, query=IN_AREA),
    Row("ledgers:search", "ledger.view", code, "POST", query=IN_AREA),
    Row("ledgers:export", "ledger.export", code, query=IN_AREA),
    Row("ledgers:exports", "ledger.export"),
    Row("ledgers:changes", "ledger.view", query=IN_AREA),
    Row("ledgers:behind", "ledger.view", query=IN_AREA + "&what=new"),
    Row("ledgers:changes_file", "ledger.export", query=IN_AREA),
]
