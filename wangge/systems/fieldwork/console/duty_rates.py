"""The figures of patrol and visits, and the rows behind each number (spec 4.2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.lib.asked import LONGEST, day_of
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period, Share, within_area

from ..models import Duty
from ..queries import duty_rates
from ..queries.areas import digits_below, known_below, named
from ..queries.duties import with_places
from .duties import area_of, lines_of, where

PER_PAGE = 50


def period_of(request: HttpRequest) -> Period:
    """The days asked for, a year at most; this month without any."""
    until = day_of(request.GET.get("until", "")) or timezone.localdate()
    since = min(day_of(request.GET.get("since", "")) or until.replace(day=1), until)
    return Period(max(since, until - timedelta(days=LONGEST - 1)), until)


@require_GET
@requires("area.view")
def rates(request: HttpRequest) -> HttpResponse:
    """One line an area below the asked one, the sum on top."""
    area, period = area_of(request), period_of(request)
    digits = digits_below(area)
    columns = shares_by_area(duty_rates.INDICATORS, period, area, digits)
    nothing = Share(0, 0)
    context = {
        "indicators": duty_rates.INDICATORS, "total": [column[""] for column in columns], "area": area,
        "lines": [
            (below.code, below.name, [column.get(code, nothing) for column in columns], digits < 15)
            for code, below in named(known_below(area, digits), digits).items()
        ],
        "period": period, "where": where(area), "may_open": may(request.user, "duty.view"),
    }  # fmt: skip
    return render(request, "fieldwork/rates.html", context)


@never_cache
@require_GET
@requires("duty.view")
def rates_rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """The rows behind one number."""
    indicator = duty_rates.BY_CODE.get(code)
    if indicator is None or side not in ("part", "whole"):
        raise Http404
    area, period = area_of(request), period_of(request)
    found = within_area(getattr(indicator, side)[0](period), area).order_by("area_code", "pk")
    of_duties = found.model is Duty
    page = Paginator(with_places(found) if of_duties else found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "indicator": indicator, "side": side, "area": area, "where": where(area), "period": period,
        "page": page, "of_duties": of_duties,
        "lines": lines_of(list(page)) if of_duties else _places(list(page)),
    }  # fmt: skip
    return render(request, "fieldwork/rates_rows.html", context)


def _places(buildings: list[Any]) -> list[tuple[Any, str]]:
    names = territory.names_of({building.area_code for building in buildings})
    return [(building, names.get(building.area_code, "")) for building in buildings]
