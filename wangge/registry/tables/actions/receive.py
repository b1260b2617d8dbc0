"""Taking a blank workbook in: kept sealed, its tables found, its columns recognised."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.outgoing.catalogue import ledger_named

from .. import events
from ..enums import ColumnState, Frequency, RequestState
from ..meanings import conditions, parse
from ..models import TableRequest
from ..queries.describing import columns_once, count_states, describe
from ..workbook import Book
from . import keeping
from .columns import note_new_columns


@dataclass(frozen=True)
class Asked:
    """Who wants it and for what. department: 要表的部门; contact: an office, no person."""

    department: str = ""
    contact: str = ""
    basis: str = ""
    purpose: str = ""
    deadline: date | None = None
    frequency: str = Frequency.ONCE


def receive_table(
    *,
    actor: Any,
    area_code: str,
    name: str,
    content: BinaryIO,
    asked: Asked | None = None,
    unit: str = "",
    ledger: str = "",
    filters: Sequence[str] | None = None,
    as_of: date | None = None,
) -> TableRequest:
    """Keep a department's blank workbook and recognise its columns.

    The same blank under the same conditions is the same request: the earlier one comes back.

    Args:
        actor: the user, or "cli". name: the file's name as the user knows it.
        unit, ledger, filters: as chosen; "" and None = as the table itself says (a title such as
        80岁以上独居老人登记表 names a filter).
        filters: codes of conditions. as_of: None = the day it is filled.

    Raises:
        Unreadable: what is wrong with the file, and what to do next; nothing is kept.
        ValueError: a condition or ledger there is not.
    """
    asked = asked or Asked()
    stored = keeping.keep(content)
    try:
        with keeping.opened(stored, name) as path:
            book = Book(path, Path(name).name)
            digest, sheets = book.digest(), describe(book, area_code, unit)
        made = _request(actor, area_code, name, digest, sheets, asked, unit, ledger, filters, as_of)
        earlier = TableRequest.objects.filter(area_code=area_code, key=made.key).first()
        if earlier is not None:
            keeping.erase(stored)
            return _again(earlier, asked)
        made.stored, made.size = stored, content.seek(0, 2)
        _save(actor, made)
    except BaseException:
        keeping.erase(stored)
        raise
    return made


def _save(actor: Any, made: TableRequest) -> None:
    with transaction.atomic():
        made.save()
        note_new_columns(request=made)
        data = {"department": made.department, "columns": made.columns, "unknown": len(made.unknown)}
        journal.record(events.REQUESTED, actor=actor, area=made.area_code, subject=made, data=data)


def _again(earlier: TableRequest, asked: Asked) -> TableRequest:
    """The later deadline and the missing words are taken over; what was decided stays."""
    changed = {
        field: getattr(asked, field)
        for field in ("contact", "basis", "purpose", "deadline")
        if getattr(asked, field) and getattr(asked, field) != getattr(earlier, field)
    }
    if earlier.state == RequestState.CLOSED:
        changed |= {"state": RequestState.READY, "closed_at": None}
    for field, value in changed.items():
        setattr(earlier, field, value)
    if changed:
        earlier.save(update_fields=list(changed))
    return earlier


def _request(
    actor: Any, area_code: str, name: str, digest: str, sheets: list[dict[str, Any]], asked: Asked,
    unit: str, ledger: str, filters: Sequence[str] | None, as_of: date | None,
) -> TableRequest:  # fmt: skip
    first = next(sheet for sheet in sheets if not sheet["skipped"])
    plain = journal.without_personal
    made = TableRequest(
        area_code=area_code,
        title=plain(first["title"] or Path(name).stem)[:120],
        department=plain(asked.department)[:80],
        contact=plain(asked.contact)[:80],
        basis=plain(asked.basis)[:200],
        purpose=plain(asked.purpose)[:200],
        deadline=asked.deadline,
        frequency=asked.frequency,
        file_name=plain(Path(name.replace("\\", "/")).name)[-120:],
        file_hash=digest,
        unit=unit or first["unit"],
        ledger=ledger_named(ledger).code if ledger else first["ledger"],
        filters=checked(first["filters"] if filters is None else filters),
        as_of=as_of,
        created_by=actor if hasattr(actor, "pk") else None,
    )
    settle(made, sheets)
    return made


def checked(filters: Sequence[str]) -> list[str]:
    """Conditions in order, each once. Raises ValueError for what is none."""
    for code in filters:
        if not conditions.valid(code):
            raise ValueError(f"没有“{code}”这个条件。")
    return list(dict.fromkeys(filters))


def settle(
    request: TableRequest, sheets: list[dict[str, Any]], answers: dict[str, dict[str, str]] | None = None
) -> None:
    """Take over what was recognised and decided, count it, and name the request by its conditions."""
    decided = {
        sheet["name"]: {
            column["column"]: (answers or {})
            .get(sheet["name"], {})
            .get(
                column["column"],
                "" if column["state"] in (ColumnState.ASKED, ColumnState.NEW) else column["meaning"],
            )
            for column in sheet["columns"]
        }
        for sheet in sheets
        if not sheet["skipped"]
    }
    request.sheets, request.mapping = sheets, decided
    counts = count_states(sheets)
    request.known_columns, request.derivable_columns = counts["known"], counts["derivable"]
    request.asked_columns, request.new_columns = counts["asked"], counts["new"]
    taken = [text for columns in decided.values() for text in columns.values() if text]
    request.fields = sorted({parse(text).base for text in taken if not parse(text).by_hand})
    request.unknown = list(
        dict.fromkeys(
            column["header"] for column in columns_once(sheets) if column["state"] == ColumnState.NEW
        )
    )
    request.state = RequestState.ASKING if request.asked_columns else RequestState.READY
    request.key = key_of(request)


def key_of(request: TableRequest) -> str:
    """What makes a request the same as another: blank, department and conditions."""
    told = [
        request.file_hash, request.department, request.unit, request.ledger, sorted(request.filters),
        request.as_of.isoformat() if request.as_of else "",
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
