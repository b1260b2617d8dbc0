"""吹哨率: both sides, by street and month; and what the month that is over gave to think about."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.queries.listing import lines_of
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of, day_of
from wangge.lib.figures import Period, Share
from wangge.lib.workbooks import as_file

from .. import indicators
from ..models import Alert
from ..outgoing.tables import rate_book
from ..queries import rates as queries
from ..queries.alerts import newest_alerts
from ..reading.rates import Line

PER_PAGE = 50


def month_of(request: HttpRequest) -> Period:
    """The month asked for, "2026-11"; this one without any."""
    day = day_of(request.GET.get("month", "") + "-01")
    return queries.month_of(day or timezone.localdate())


@never_cache
@require_GET
@requires("area.view")
def rates(request: HttpRequest) -> HttpResponse:
    """A line a street; below it the units that are late too often."""
    area, period, held = area_of(request), month_of(request), queries.bounds()
    lines = queries.streets(period, area, held)
    context = {
        "lines": lines, "total": _total(lines), "late": queries.late_units(period, area, held),
        "bounds": held, "area": area, "period": period, "where": where(area),
        "alerts": _alerts(), "over": queries.last_month(), "now_at": timezone.localtime(),
        "may_open": may(request.user, "case.view"), "meaning": indicators.BY_CODE["whistle_rate"].meaning,
        "running": period.until >= timezone.localdate(),
    }  # fmt: skip
    return render(request, "whistles/rates.html", context)


def _alerts() -> list[tuple[Alert, str]]:
    rows = list(newest_alerts())
    names = territory.names_of({row.area_code for row in rows})
    return [(row, names.get(row.area_code, row.area_code)) for row in rows]


def _total(lines: list[Line]) -> Share:
    return Share(sum(line.share.part for line in lines), sum(line.share.whole for line in lines))


@never_cache
@require_GET
@requires("area.view")
def rates_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    area, period, held = area_of(request), month_of(request), queries.bounds()
    lines = queries.streets(period, area, held)
    late = queries.late_units(period, area, held)
    content = rate_book(request.user.get_username(), period, lines, _total(lines), late)
    return as_file(content, f"吹哨率_{period.since:%Y-%m}.xlsx")


@never_cache
@require_GET
@requires("case.view")
def rates_rows(request: HttpRequest, side: str) -> HttpResponse:
    """The whistles or the matters of one number, as far as the reader may see them."""
    if side not in ("part", "whole"):
        raise Http404
    area, period = area_of(request), month_of(request)
    found = queries.rate_rows(side == "part", period, area)
    found = found.filter(pk__in=cases_for(request.user).values("pk")).order_by("-raised_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "side": side, "area": area, "where": where(area), "period": period, "page": page,
        "lines": lines_of(list(page), timezone.now()), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "whistles/rates_rows.html", context)
