"""看板: the figures of an area, those below it, and how they went."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.queries.listing import kinds_known
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import where
from wangge.lib.workbooks import as_file

from ..forms.asking import SPANS, asking_of, system_choices
from ..indicators.board import Board, Column, Line, board_of, ordered
from ..indicators.groups import groups
from ..outgoing.bars import bars_of
from ..outgoing.book import board_book
from ..queries.asked import Asked
from ..queries.rows import late_now
from . import cells
from .asking import Opening, address, area_of, path_to


@never_cache
@require_GET
@requires("area.view")
def board(request: HttpRequest) -> HttpResponse:
    """One group of indicators: a tile each, and a line an area below."""
    area, asking = area_of(request), asking_of(request.GET)
    group = request.GET.get("group", "")
    shown = board_of(area, asking.period, group, asking.system, asking.kind)
    sort, down = request.GET.get("sort", ""), request.GET.get("down") == "1"
    opening = Opening(request, asking if shown.group.of_matters else replace(asking, system="", kind=""))
    asked = {"area": area, "group": shown.group.key, **asking.asked}
    context: dict[str, Any] = {
        "board": shown, "asking": asking, "area": area, "where": where(area), "path": path_to(area),
        "tiles": [_tile(column, opening, area) for column in shown.columns],
        "lines": [_line(line, shown, opening) for line in ordered(shown, sort, down)],
        "sort": sort, "down": down, "asked": asked, "groups": groups(),
        "spans": _spans(asked),
        "systems": system_choices(), "kinds": kinds_known(asking.system),
        "late": late_now(Asked(asking.period, area, system=asking.system, kind=asking.kind)).count(),
        "late_address": address("insight:late", area=area, system=asking.system, kind=asking.kind),
        "map_address": _map(request, area, asking.system),
        "file_address": address("insight:file", area=area, **asking.asked),
    }  # fmt: skip
    return render(request, "insight/board.html", context)


def _map(request: HttpRequest, area: str, system: str) -> str:
    told = {"who": "all", "area": area, "system": system}
    return address("cases:map", **told) if may(request.user, "case.view") else ""


def _spans(asked: dict[str, str]) -> list[tuple[str, Any, str]]:
    """(key, name, address) of the spans, all else asked the same."""
    same = {name: value for name, value in asked.items() if name not in ("since", "until", "span")}
    return [(key, name, address("insight:board", span=key, **same)) for key, name in SPANS.items()]


def _tile(column: Column, opening: Opening, area: str) -> dict[str, Any]:
    months = [(month, figure.value, _said(figure)) for month, figure in column.months]
    part, whole = (opening.rows(column.of, side, area) for side in ("part", "whole"))
    return {
        "column": column, "bars": bars_of(months), "number": cells.number(column.total, part),
        "parts": cells.parts(column.total, part, whole), "cell": cells.cell(column.total, part, whole),
    }  # fmt: skip


def _said(figure: Any) -> str:
    return str(figure) if figure.is_number else f"{figure}（{figure.shown_part}/{figure.shown_whole}）"


def _line(line: Line, shown: Board, opening: Opening) -> dict[str, Any]:
    def rows(column: Column, side: str) -> str:
        return opening.rows(column.of, side, line.area.code, line.area.only)

    told = [
        cells.cell(figure, rows(column, "part"), rows(column, "whole"))
        for column, figure in zip(shown.columns, line.figures, strict=True)
    ]
    return {"area": line.area, "address": opening.below(line.area, shown.group.key), "cells": told}


@never_cache
@require_GET
@requires("area.view")
def board_file(request: HttpRequest) -> HttpResponse:
    """Every group as a workbook."""
    area, asking = area_of(request), asking_of(request.GET)
    boards = [
        board_of(area, asking.period, group.key, asking.system, asking.kind, months=False)
        for group in groups()
    ]
    since, until = asking.period.since.isoformat(), asking.period.until.isoformat()
    mark = f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"
    content = board_book(request.user.get_username(), f"看板 {where(area)} {since}—{until}", boards, mark)
    return as_file(content, f"看板_{since}_{until}.xlsx")
