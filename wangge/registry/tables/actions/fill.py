"""A blank comes back filled: masked unless a reason was given, counted, and written into the trail."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.registry.ledgers.actions.export import must_be_allowed, one_state
from wangge.registry.ledgers.actions.readings import Readings
from wangge.registry.ledgers.outgoing.catalogue import CHINESE

from .. import events
from ..enums import FillState, RequestState
from ..filling import Tally, fill_sheet
from ..meanings.meaning import said_of
from ..models import Fill, TableRequest
from ..queries import composing
from ..rules import MOST_ROWS, too_many
from ..workbook import Book
from . import keeping

NOTES = "填写说明"


@dataclass(frozen=True)
class Made:
    """A filled workbook: what came of it, and the name to give it."""

    tally: Tally
    name: str
    day: date


def fill_table(
    *, actor: Any, request: TableRequest, out: BinaryIO, unmasked: bool = False, reason: str = ""
) -> Made:
    """Fill a request's blank and write it to ``out``; the filling is kept as a Fill without a file.

    Args:
        unmasked: id numbers and phones in clear; needs ``ledger.export_unmasked`` and a reason.

    Raises:
        PermissionDenied, NoReason: as for exports, before anything is read. NotFilled: too many rows.
    """
    made, readings = compose(actor, request, out, unmasked=unmasked, reason=reason)
    with transaction.atomic():
        fill = Fill.objects.create(
            request=request, day=made.day, state=FillState.EXPIRED, unmasked=unmasked, file_name=made.name,
            reason=journal.without_personal(reason)[:200], created_by=actor if hasattr(actor, "pk") else None,
        )  # fmt: skip
        record(actor, request, fill, made, readings, reason)
    return made


def compose(
    actor: Any, request: TableRequest, out: BinaryIO, *, unmasked: bool, reason: str
) -> tuple[Made, Readings]:
    """Fill and write the workbook, without recording it."""
    must_be_allowed(actor, request.area_code, unmasked=unmasked, reason=reason)
    readings, tally = Readings(), Tally()
    with keeping.opened(request.stored, request.file_name) as path:
        book = Book(path, request.file_name)
        with one_state():
            for sheet in composing.sheets_of(request, book, unmasked=unmasked):
                fill_sheet(sheet.found, sheet.specs, _rows(sheet, tally, readings))
                tally.columns += sheet.tally
                tally.notes += [] if sheet.tells else [composing.NOTHING]
        tally.notes += [sheet["skipped"] for sheet in request.sheets if _told(sheet)]
        if tally.total("masked") or any(column.why for column in tally.columns):
            book.add_sheet(_free_name(book), _cover(request, tally))
        held = io.BytesIO()
        book.save(held)
    out.write(held.getbuffer())
    day = composing.day_of(request)
    return Made(tally, _file_name(request, day), day), readings


def _rows(sheet: composing.Sheet, tally: Tally, readings: Readings) -> list[tuple[Any, ...]]:
    rows = []
    for subject, cells in sheet.rows():
        composing.note(sheet, tally, subject, cells)
        for line in composing.people_in(sheet, subject):
            readings.add(line)
        for who in (*subject.owners, *subject.renters):
            readings.add_person(who.person_id, subject.area_code)
        rows.append(composing.values(cells))
        if len(rows) > MOST_ROWS:
            raise too_many(MOST_ROWS)
    return rows


def _told(sheet: dict[str, Any]) -> bool:
    return bool(sheet["skipped"]) and sheet["code"] not in ("no_table", "hidden")


def _free_name(book: Book) -> str:
    names = {page.name for page in book.pages}
    return NOTES if NOTES not in names else f"{NOTES}（网格）"


def _cover(request: TableRequest, tally: Tally) -> list[tuple[str, str]]:
    """The last sheet: what was filled, and what was not and why."""
    day = composing.day_of(request)
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        conditions = "、".join(said_of(code) for code in request.filters) or "无"
    lines = [
        ("要表部门", request.department or "—"),
        ("用途", request.purpose or "—"),
        ("区域", territory.area_name_path(request.area_code)),
        ("数据日期", day.isoformat()),
        ("填入", f"{CHINESE[request.ledger]}；条件：{conditions}；{tally.rows} 行"),
        ("使用要求", "含个人信息，仅限上述用途，不得转发；用完删除。"),
    ]
    return [*lines, *(("说明", text) for text in tally.said())]


def _file_name(request: TableRequest, day: date) -> str:
    """The name it came with, and the day. No person stands in it."""
    name = Path(request.file_name)
    return f"{name.stem}_{day:%Y%m%d}{name.suffix.lower()}"


def record(
    actor: Any, request: TableRequest, fill: Fill, made: Made, readings: Readings, reason: str
) -> None:
    """Write down that a table was filled, in the caller's transaction: numbers only, never values; whoever's
    data it holds can see it."""
    tally, now = made.tally, timezone.now()
    counts = {
        "rows": tally.rows,
        "cells_filled": tally.total("filled"),
        "cells_masked": tally.total("masked"),
        "cells_empty": tally.total("empty"),
    }
    for name, value in counts.items():
        setattr(fill, name, value)
        setattr(request, name, value)
    fill.notes, fill.finished_at, fill.cells_absent = tally.said(), now, tally.total("absent")
    fill.save()
    request.filled_at = now
    if request.state != RequestState.CLOSED:
        request.state = RequestState.FILLED
    request.save(update_fields=[*counts, "filled_at", "state"])
    data = counts | {
        "masked": not fill.unmasked,
        "department": request.department,
        "columns": request.columns,
        "fields": request.fields,
        "unknown": len(request.unknown),
        "filters": len(request.filters),
        "day": made.day,
        "fill": fill.pk,
    }
    journal.record(
        events.FILLED, actor=actor, area=request.area_code, subject=request, reason=reason, data=data
    )
    readings.note(actor, reason or request.purpose or request.title)
