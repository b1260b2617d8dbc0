"""The figures of reporting-in: a table to look at, print or take away, and the rows behind each number."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Period, within_area
from wangge.lib.scoping import current_reach

from ..models import Declaration
from ..queries import indicators, worklist
from ..queries.indicators_table import Table, table_of, write_table
from .declarations import day_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 366
PER_PAGE = 50


def period_of(request: HttpRequest) -> Period:
    """The days asked for, a year at most; this month without any."""
    today = timezone.localdate()
    until = day_of(request.GET.get("until", "")) or today
    since = day_of(request.GET.get("since", "")) or until.replace(day=1)
    since = min(since, until)
    return Period(max(since, until - timedelta(days=LONGEST - 1)), until)


def area_of(request: HttpRequest) -> str:
    """The area asked for.

    Raises:
        Http404: it lies outside the reach.
    """
    area = request.GET.get("area", "")
    if area and not (area.isdecimal() and current_reach().covers(area)):
        raise Http404
    return area


def where(area: str) -> str:
    """The area by name, or the reader's own areas."""
    if area:
        return territory.area_name_path(area)
    return "、".join(territory.tops_in_reach().order_by("code").values_list("name", flat=True)[:5])


@require_GET
@requires("area.view")
def rates(request: HttpRequest) -> HttpResponse:
    """One line an area below the asked one, the sum on top."""
    area = area_of(request)
    context = {
        "table": table_of(period_of(request), area),
        "area": area,
        "where": where(area),
        "up": territory.path_of(area)[-2:-1] if area else [],
        "may_open": may(request.user, "declaration.view"),
    }
    return render(request, "declarations/rates.html", context)


@require_GET
@requires("area.view")
def rates_export(request: HttpRequest) -> HttpResponse:
    """The same table as a workbook."""
    area, period = area_of(request), period_of(request)
    name = f"报备指标_{period.since.isoformat()}_{period.until.isoformat()}.xlsx"
    return as_workbook(table_of(period, area), where(area), name)


def as_workbook(table: Table, place: str, name: str) -> HttpResponse:
    """A table of figures as a file of this name."""
    stream = io.BytesIO()
    write_table(stream, table, place)
    answer = HttpResponse(stream.getvalue(), content_type=XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


@never_cache
@require_GET
@requires("declaration.view")
def rates_rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """The rows behind one number."""
    indicator = indicators.BY_CODE.get(code)
    if indicator is None or side not in ("part", "whole"):
        raise Http404
    area, period = area_of(request), period_of(request)
    several = [within_area(rows(period), area) for rows in getattr(indicator, side)]
    context = {
        "indicator": indicator, "side": side, "area": area, "where": where(area), "period": period,
        "parts": [_part(request, rows, number) for number, rows in enumerate(several)],
    }  # fmt: skip
    return render(request, "declarations/rates_rows.html", context)


def _part(request: HttpRequest, rows: QuerySet[Any], number: int) -> dict[str, Any]:
    """A page of declarations, or of homes with their people."""
    of_people = rows.model is not Declaration
    ordered = rows.select_related("person", "room__building") if of_people else rows
    page = Paginator(ordered.order_by("-pk"), PER_PAGE).get_page(request.GET.get(f"page{number or ''}"))
    return {
        "of_people": of_people,
        "page": page,
        "lines": list(page) if of_people else worklist.lines_of(page),
        "name": f"page{number or ''}",
    }
