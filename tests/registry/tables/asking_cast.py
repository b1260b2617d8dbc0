"""Requests and fillings made directly, for what is counted over them. Offices are invented."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from django.utils import timezone

from tests.cast import COMMUNITY
from wangge.registry.tables.enums import FillState, RequestState
from wangge.registry.tables.models import Fill, TableRequest

_numbers = count(1)
FIELDS = ["name", "id_no", "phone", "residence"]


def at(day: date, hour: int = 10) -> datetime:
    """A moment of a day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def a_request(made_on: date | None = None, **more: Any) -> TableRequest:
    """A request for residents with four known columns."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "area_code": COMMUNITY, "title": f"试用表{number}", "department": "水务局", "basis": "示例依据",
        "purpose": "示例用途", "file_name": "空白表.xlsx", "file_hash": f"{number:064d}", "key": f"k{number}",
        "fields": FIELDS, "known_columns": 4, "state": RequestState.READY,
    } | more  # fmt: skip
    given.setdefault("sheets", [sheet_of(given.get("unknown", []))])
    request = TableRequest.objects.create(**given)
    if made_on:
        TableRequest.objects.filter(pk=request.pk).update(created_at=at(made_on))
        request.refresh_from_db()
    return request


def sheet_of(unknown: list[str]) -> dict[str, Any]:
    """A sheet as it is kept with a request, with columns nobody can read."""
    columns = [
        {"column": chr(65 + at), "header": header, "state": "new", "meaning": "", "why": "登记册没有这一项"}
        for at, header in enumerate(unknown)
    ]
    return {"name": "表", "skipped": "", "unit": "person", "area": "", "columns": columns}


def a_fill(
    request: TableRequest, day: date, filled: int = 0, masked: int = 0, empty: int = 0, **more: Any
) -> Fill:
    """A filling that was finished on ``day``."""
    given: dict[str, Any] = {
        "day": day, "state": FillState.DONE, "stored": "x", "cells_filled": filled, "cells_masked": masked,
        "cells_empty": empty, "finished_at": at(day, 11), "rows": 1,
    } | more  # fmt: skip
    fill = Fill.objects.create(request=request, **given)
    Fill.objects.filter(pk=fill.pk).update(created_at=at(day))
    TableRequest.objects.filter(pk=request.pk).update(filled_at=at(day, 11), state=RequestState.FILLED)
    request.refresh_from_db()
    fill.refresh_from_db()
    return fill
