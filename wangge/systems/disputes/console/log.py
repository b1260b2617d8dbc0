"""调解月志: what each worker mediated in a month, as a workbook too; each number opens its rows."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.models import User
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of, month_of, this_month
from wangge.lib.workbooks import as_file

from ..outgoing.lines import lines_of
from ..outgoing.tables import log_book
from ..queries.log import log_lines, month_name, sessions_of

PER_PAGE = 50


@never_cache
@require_GET
@requires("case.view")
def log(request: HttpRequest) -> HttpResponse:
    """A line a worker."""
    area, month = area_of(request), (month_of(request.GET.get("month", "")) or this_month())
    context = {
        "lines": log_lines(request.user, month, area), "area": area, "where": where(area),
        "month": month_name(month.since), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "disputes/log.html", context)


@never_cache
@require_GET
@requires("case.view")
def log_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    area, month = area_of(request), (month_of(request.GET.get("month", "")) or this_month())
    name = month_name(month.since)
    content = log_book(request.user.get_username(), name, log_lines(request.user, month, area))
    return as_file(content, f"调解月志_{name}.xlsx")


@never_cache
@require_GET
@requires("case.view")
def log_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The sittings behind a worker's number: when, which dispute; no word of it."""
    area, month = area_of(request), (month_of(request.GET.get("month", "")) or this_month())
    page = Paginator(sessions_of(request.user, pk, month, area), PER_PAGE).get_page(request.GET.get("page"))
    user = User.objects.filter(pk=pk).first()
    if user is None or not page.paginator.count:
        raise Http404
    rows = list(page)
    lines = {line.case.pk: line for line in lines_of([row.case for row in rows])}
    context = {
        "worker": user, "page": page, "rows": [(row, lines[row.case_id]) for row in rows], "area": area,
        "where": where(area), "month": month_name(month.since),
    }  # fmt: skip
    return render(request, "disputes/log_rows.html", context)
