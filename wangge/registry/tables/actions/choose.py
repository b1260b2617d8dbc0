"""A person says what columns mean, and what rows are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.mapping import memory_key
from wangge.registry.ledgers.outgoing.catalogue import ledger_named

from .. import events
from ..enums import ColumnState, Unit
from ..meanings import parse
from ..meanings.meaning import BLANK
from ..models import ColumnMemory, TableRequest
from ..queries.describing import describe
from ..workbook import Book
from . import keeping
from .columns import note_new_columns
from .receive import checked, key_of, settle

LEFT = "本单位选择了留空"
KEEP: Any = object()  # leave as it is


def choose_columns(
    *,
    actor: Any,
    request: TableRequest,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    unit: str = "",
    ledger: str = "",
    filters: Sequence[str] | None = None,
    as_of: date | None = KEEP,
) -> TableRequest:
    """Take a person's word for columns, the unit of rows, the ledger, the conditions and the day.

    Args:
        answers: {sheet: {column letter: meaning, "" = leave empty}}; remembered for the area.

    Returns the request; another one where the same blank was already asked for under these conditions.

    Raises:
        ValueError: a meaning, condition, unit or ledger there is not.
    """
    given = {sheet: dict(columns) for sheet, columns in (answers or {}).items()}
    for columns in given.values():
        for meaning in columns.values():
            if meaning:
                parse(meaning)
    sheets = request.sheets
    if unit and unit != request.unit:
        sheets, request.unit = _anew(request, Unit(unit)), Unit(unit)
    request.ledger = ledger_named(ledger).code if ledger else request.ledger
    request.filters = request.filters if filters is None else checked(filters)
    request.as_of = request.as_of if as_of is KEEP else as_of
    with transaction.atomic():
        _answer(sheets, given)
        settle(request, sheets)
        if (other := _same(request)) is not None:
            return other
        _remember(request, given)
        request.save()
        note_new_columns(request=request)
        data = {"unit": request.unit, "ledger": request.ledger, "filters": len(request.filters)}
        journal.record(events.MAPPED, actor=actor, area=request.area_code, subject=request, data=data)
    return request


def _anew(request: TableRequest, unit: str) -> list[dict[str, Any]]:
    """Another unit of rows reads the same headers otherwise."""
    with keeping.opened(request.stored, request.file_name) as path:
        return describe(Book(path, request.file_name), request.area_code, unit)


def _same(request: TableRequest) -> TableRequest | None:
    """An earlier request that this one has become; this one, never filled, gives way to it."""
    others = TableRequest.objects.filter(area_code=request.area_code, key=key_of(request)).exclude(
        pk=request.pk
    )
    other = others.first()
    if other is not None and not request.fills.exists():
        keeping.erase(request.stored)
        request.delete()
    return other


def _answer(sheets: list[dict[str, Any]], answers: Mapping[str, Mapping[str, str]]) -> None:
    """Write answers into what was recognised; one for a header holds on every sheet that has the same one."""
    by_header = {
        column["header"]: answers[sheet["name"]][column["column"]]
        for sheet in sheets
        for column in sheet["columns"]
        if column["column"] in answers.get(sheet["name"], {})
    }
    for sheet in sheets:
        for column in sheet["columns"]:
            own = answers.get(sheet["name"], {}).get(column["column"])
            meaning = own if own is not None else by_header.get(column["header"])
            if meaning is not None:
                _take(column, meaning)


def _take(column: dict[str, Any], meaning: str) -> None:
    if not meaning and column["state"] == ColumnState.NEW:
        return
    if not meaning:
        column |= {"state": str(ColumnState.DERIVABLE), "meaning": BLANK, "why": LEFT}
        return
    state = ColumnState.DERIVABLE if parse(meaning).derivable else ColumnState.KNOWN
    column |= {"state": str(state), "meaning": meaning, "why": "由人确认", "sure": 1.0}


def _remember(request: TableRequest, answers: Mapping[str, Mapping[str, str]]) -> None:
    for sheet in request.sheets:
        chosen = answers.get(sheet["name"], {})
        for column in sheet["columns"]:
            if column["column"] in chosen:
                key = memory_key(column["header"])[:160]
                ColumnMemory.objects.update_or_create(
                    area_code=request.area_code, header=key, defaults={"meaning": chosen[column["column"]]}
                )
