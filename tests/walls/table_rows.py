"""The doors of the pages of departmental tables."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

from tests.tables.drawing import body, header, one_sheet, saved
from tests.walls.row import Row
from wangge.registry.tables import actions
from wangge.registry.tables.models import NewColumn

_numbers = count(1)


def table(area: str) -> dict[str, Any]:
    """A request of the area; each another blank."""
    book, sheet = one_sheet("登记表")
    header(sheet, 1, ("姓名", "性别", "联系电话", f"新列{next(_numbers)}"))
    body(sheet, 2, 2, 4)
    blank = io.BytesIO(saved(book))
    return {"pk": actions.receive_table(actor="cli", area_code=area, name="登记表.xlsx", content=blank).pk}


def column(area: str) -> dict[str, Any]:
    """A new column of a request, waiting."""
    return {"pk": NewColumn.objects.get(request=table(area)["pk"]).pk}


def fills(_area: str) -> dict[str, Any]:
    return {"of": "fills"}


TABLES = [
    Row("tables:list", "ledger.export"),
    Row("tables:upload", "ledger.export"),
    Row("tables:upload", "ledger.export", None, "POST", form="area={area}", answers=(400, 422)),
    Row("tables:table", "ledger.export", table),
    Row("tables:columns", "ledger.export", table),
    Row("tables:columns", "ledger.export", table, "POST"),
    Row("tables:preview", "ledger.export", table),
    Row("tables:preview", "ledger.export", table, "POST"),
    Row("tables:close", "ledger.export", table, "POST"),
    Row("tables:admissions", "field.admit"),
    Row("tables:admission", "ledger.export", table, rights_too=("field.admit",)),
    Row("tables:propose", "ledger.export", table, "POST", form="header=x"),
    Row("tables:column", "field.admit", column),
    Row("tables:column", "field.admit", column, "POST"),
    Row("tables:map", "field.admit", column, "POST", form="fact=phone"),
    Row("tables:decline", "field.admit", column, "POST", form="reason=x"),
    Row("tables:burden", "area.view"),
    Row("tables:burden_rows", "area.view", fills, everywhere=True),
    Row("tables:burden_export", "area.view"),
]
