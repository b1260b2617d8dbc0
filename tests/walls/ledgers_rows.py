"""The doors of the ledger pages."""

from __future__ import annotations

import io
import json
from itertools import count
from typing import Any

from tests.cast import COMMUNITY
from tests.walls.row import Row
from wangge.lib.sealing import seal
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.models import Batch, Case
from wangge.registry.people.models import Person, Tie

_numbers = count(1)
HERE = f"?area={COMMUNITY}"


def _batch(community: str) -> Batch:
    lines = ["姓名,身份证号,联系电话", f"测试{next(_numbers)},99970319800506000,10000000001"]
    content = io.BytesIO("\r\n".join(lines).encode())
    batch = actions.receive_file(actor="cli", area_code=community, name="测试.csv", content=content)
    return actions.plan_batch(actor="cli", batch=batch)


def batch(community: str) -> dict[str, Any]:
    return {"pk": _batch(community).pk}


def rows(community: str) -> dict[str, Any]:
    return {"pk": _batch(community).pk, "outcome": "new"}


def case(community: str) -> dict[str, Any]:
    from django.utils import timezone

    person = Person.objects.create(name=f"测试{next(_numbers)}")
    Tie.objects.create(person=person, kind="hukou", area_code=community, known_from=timezone.now())
    offered = json.dumps({"facts": {"name": person.name}, "ties": [], "day": "2022-11-28"})
    made = Case.objects.create(
        area_code=community, batch=_batch(community), sheet="表", number=2, key=f"k{person.pk}", person=person,
        score=0.9, reasons=["same_name"], offered_sealed=seal(offered),
    )
    return {"pk": made.pk}


def resident(_community: str) -> dict[str, Any]:
    return {"code": "resident"}


def community(code: str) -> dict[str, Any]:
    return {"code": code}


LEDGERS = [
    Row("ledgers:list", "ledger.view"),
    Row("ledgers:ledger", "ledger.view", resident, query=HERE),
    Row("ledgers:count", "ledger.view", resident, query=HERE),
    Row("ledgers:search", "ledger.view", resident, "POST", query=HERE),
    Row("ledgers:export", "ledger.export", resident, query=HERE),
    Row("ledgers:export", "ledger.export", resident, "POST", query=HERE, answers=(200, 400)),
    Row("ledgers:imports", "ledger.import"),
    Row("ledgers:upload", "ledger.import"),
    Row("ledgers:import", "ledger.import", batch),
    Row("ledgers:columns", "ledger.import", batch),
    Row("ledgers:plan", "ledger.import", batch),
    Row("ledgers:commit", "ledger.import", batch, "POST"),
    Row("ledgers:progress", "ledger.import", batch),
    Row("ledgers:cancel", "ledger.import", batch, "POST"),
    Row("ledgers:errors", "ledger.import", batch),
    Row("ledgers:rows", "ledger.import", rows),
    Row("ledgers:adjudications", "person.merge"),
    Row("ledgers:settle_many", "person.merge", None, "POST"),
    Row("ledgers:adjudication", "person.merge", case),
    Row("ledgers:settle", "person.merge", case, "POST"),
    Row("ledgers:standards", "ledger.view"),
    Row("ledgers:adopt", "ledger.import", community, "POST"),
    Row("ledgers:template", "ledger.view", query="?ledger=staff"),
    Row("ledgers:publish", "standard.publish", query="?ledger=staff"),
    Row("ledgers:dictionary", "ledger.view"),
]
