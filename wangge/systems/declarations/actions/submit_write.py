"""Writing a declaration: rows, trail line and owed reactions, all or nothing, once per ``report``."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.lib.serials import new_receipt_number

from ..models import Declaration
from ..queries.codes import Known
from .submit_orders import Values, keep
from .submit_receipt import Receipt, first_receipt, receipt_for
from .submit_rows import Row
from .submit_statement import Item
from .submit_together import execute, write_together

TRIES = 3
SUBJECT = "declarations.report"  # the trail's line stands for all persons of a report


class CodeGone(Exception):
    """The code's row is no longer what the process remembered; nothing was written."""


def write(rows: Sequence[Row], code: Known | None, *, actor: str, values: Values) -> Receipt:
    """Write the rows of one report and give its receipt; a report that is there gets its first receipt.

    Raises:
        CodeGone: the code was revoked, renewed or moved meanwhile.
    """
    item = Item(tuple(rows), code, *_trail(rows, actor))
    if values:
        with transaction.atomic():
            written = _insert(item)
            if written:
                saved = Declaration._base_manager.filter(report=rows[0]["report"]).order_by("line")
                keep(list(saved), values)
    else:
        written = _insert(item)
    first = rows[0]
    if written:
        return receipt_for(first["receipt"], len(rows), first["area_code"], first["received_at"])
    if held := first_receipt(first["report"]):
        return held
    raise CodeGone


def _trail(rows: Sequence[Row], actor: str) -> tuple[Entry, list[str]]:
    first = rows[0]
    data = {name: first[name] for name in ("kind", "channel", "reported_by")} | {"lines": len(rows)}
    subject = (SUBJECT, str(first["report"]))
    return journal.prepared(
        "declaration.submitted", actor=actor, area=first["area_code"], subject=subject, data=data
    )


def _insert(item: Item) -> bool:
    """Whether it was written; a receipt number that was given before (one in 2**48) is drawn anew."""
    for _try in range(TRIES):
        try:
            if not connection.in_atomic_block:
                return write_together(item)
            with transaction.atomic():  # a savepoint: what fails here leaves the caller's transaction whole
                return item.receipt in execute([item])
        except IntegrityError:
            number = new_receipt_number()
            for row in item.rows:
                row["receipt"] = number
    raise RuntimeError("no free receipt number")
