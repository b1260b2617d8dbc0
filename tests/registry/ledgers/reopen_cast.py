"""Rows that wait beside the person they may be, and everything a decision about them may touch."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.cast import COMMUNITY
from tests.registry.register_state import state_of_register
from wangge.lib.sealing import blind, seal
from wangge.registry.ledgers.enums import Outcome
from wangge.registry.ledgers.models import Batch, Case, Row
from wangge.registry.people.models import Person

_serial = count(1)


def a_case(person: Person, facts: dict[str, Any], ties: list[dict[str, Any]], key: str = "") -> Case:
    """A row that may be this person, waiting with its line of the import."""
    number = next(_serial)
    batch, _new = Batch.objects.get_or_create(
        area_code=COMMUNITY, file_hash="h", defaults={"file_name": "台账.csv"}
    )
    for name in ("id_no", "phone"):
        if name in facts:
            facts = facts | {f"{name.removesuffix('_no')}_index": blind(facts[name])}
    offered = {"facts": {"name": person.name} | facts, "ties": ties, "day": "2026-11-01"}
    Row.objects.create(batch=batch, sheet="表", number=number, key=f"k{number}", outcome=Outcome.CONFLICT)
    return Case.objects.create(
        area_code=COMMUNITY, batch=batch, sheet="表", number=number, key=key or f"k{number}", person=person,
        score=0.9, reasons=["same_name"], offered_sealed=seal(json.dumps(offered)),
    )  # fmt: skip


def register() -> dict[str, Any]:
    """Everything a decision may touch: the people and what they say, the lines of the import, the cases."""
    return state_of_register() | {
        "rows": list(Row.objects.order_by("pk").values()), "cases": list(Case.objects.order_by("pk").values())
    }  # fmt: skip
