"""The doors of the desk that answers requests about one's own data."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.registry.ledgers import ledger_cast as people
from tests.walls.row import Row
from wangge.registry.rights.models import RightsRequest

_numbers = count(1)


def request(area: str) -> dict[str, Any]:
    person = people.a_person("甲某")
    people.lives(person, area)
    made = RightsRequest.objects.create(
        number=f"Q{next(_numbers):09d}", kind="correct", area_code=area, person=person, phone_sealed="",
        phone_index="", due_on="2026-12-31",
    )  # fmt: skip
    return {"pk": made.pk}


RIGHTS = [
    Row("rights:list", "rights.answer"),
    Row("rights:request", "rights.answer", request),
    Row("rights:answer", "rights.answer", request, "POST", form="state=refused&ground=duty&text=不能办理。"),
    Row("rights:extend", "rights.answer", request, "POST", form="days=3&why=要到学校核实"),
    Row("rights:paper", "rights.answer", request),
]
# Anybody comes to the door; behind it stands only one's own (tests/registry/rights/).
OWN_DATA = {
    f"my:{name}"
    for name in (
        "enter", "code", "leave", "info", "paper", "copy", "ask", "child", "child_paper", "child_copy",
        "child_ask", "stranger", "request", "withdraw",
    )
}  # fmt: skip
