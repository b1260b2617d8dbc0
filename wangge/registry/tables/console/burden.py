"""The burden meter 减负表: a page to print and show upward, the rows behind its figures, a workbook."""

from __future__ import annotations

import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from ..queries.burden import burden_of
from ..queries.burden_rows import rows_behind
from ..queries.burden_sheet import write_burden
from ..queries.periods import Month, this_month
from ..queries.rates import entered_once, reduction

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("area.view")
def burden(request: HttpRequest) -> HttpResponse:
    """What departments asked in a month (?month=, ?before= for the reduction)."""
    month, before = _months(request)
    context = {
        "burden": burden_of(month),
        "entered": entered_once(month),
        "reduction": reduction(month, before),
        "before": before,
        "now": timezone.localtime(),
        "earlier": month.later(-1),
        "later": month.later(1) if month < this_month() else None,
    }
    return render(request, "tables/burden.html", context | _where())


@require_GET
@requires("area.view")
def rows(request: HttpRequest, of: str) -> HttpResponse:
    """The rows behind one figure."""
    month, before = _months(request)
    department = request.GET.get("department")
    try:
        behind = rows_behind(of, month, department, before)
    except KeyError as none:
        raise Http404 from none
    context = {"behind": behind, "month": month, "department": department}
    return render(request, "tables/burden_rows.html", context | _where())


@require_GET
@requires("area.view")
def export(request: HttpRequest) -> HttpResponse:
    """The month as a workbook."""
    month, before = _months(request)
    stream = io.BytesIO()
    write_burden(stream, burden_of(month), _where()["area"], entered_once(month), reduction(month, before))
    answer = HttpResponse(stream.getvalue(), content_type=XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"减负表_{month}.xlsx") or ""
    return answer


def _months(request: HttpRequest) -> tuple[Month, Month]:
    """The month asked for and the one it is compared with; what is no month is 404."""
    try:
        month = Month.parse(request.GET["month"]) if request.GET.get("month") else this_month()
        before = Month.parse(request.GET["before"]) if request.GET.get("before") else month.later(-12)
    except ValueError as wrong:
        raise Http404 from wrong
    return month, before


def _where() -> dict[str, Any]:
    """The areas the reader's figures cover, by name."""
    names = territory.tops_in_reach().order_by("code").values_list("name", flat=True)
    return {"area": "、".join(names[:5])}
