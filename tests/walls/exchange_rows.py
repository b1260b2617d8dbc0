"""The doors of data exchange."""

from __future__ import annotations

from typing import Any

from tests.systems.exchange.share_cast import a_request, an_agreed
from tests.walls.row import Row


def asked(area: str) -> dict[str, Any]:
    return {"pk": a_request(area).pk}


def agreed(area: str) -> dict[str, Any]:
    return {"pk": an_agreed(area).pk}


EXCHANGE = [
    Row("exchange:list", "ledger.view"),
    Row("exchange:new", "ledger.import"),
    Row("exchange:new", "ledger.import", None, "POST"),
    Row("exchange:ledger", "ledger.view"),
    Row("exchange:ledger_file", "ledger.view"),
    Row("exchange:request", "ledger.view", asked),
    Row("exchange:answer", "ledger.export_unmasked", asked, "POST", form="answer=yes"),
    Row("exchange:compare", "ledger.import", agreed, "POST"),
    Row("exchange:end", "ledger.import", asked, "POST"),
]
