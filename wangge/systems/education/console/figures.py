"""宣教统计: sessions, minutes, people, materials, by topic and by area; every number opens its rows."""

from __future__ import annotations

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
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of, digits_below, period_of
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period, within_area
from wangge.lib.scoping import current_reach, prefix_of

from .. import indicators
from ..queries import figures as queries
from ..queries.sessions import Sums, lines_of, sums_of
from ..queries.topics import topic_name, topics_note
from ..rules import SEES

PER_PAGE = 50


@never_cache
@require_GET
@requires("area.view")
def figures(request: HttpRequest) -> HttpResponse:
    """Sums only: nobody is on this page."""
    area, period = area_of(request), period_of(request, of_year=True)
    topics = sorted(queries.by_topic(period, area).items())
    context: dict[str, Any] = {
        "area": area, "where": where(area), "period": period, "now_at": timezone.localtime(),
        "total": sums_of(queries.held(period, area)), "areas": _areas(period, area),
        "topics": [(key, topic_name(key), sums) for key, sums in topics],
        "materials": queries.by_material(period, area), "shares": _shares(period, area),
        "may_open": may(request.user, SEES), "note": topics_note(),
    }  # fmt: skip
    return render(request, "education/figures.html", context)


def _areas(period: Period, area: str) -> list[tuple[str, str, Sums, bool, bool, bool]]:
    """Code, name, sums, whether there is more below, whether an area above held it itself, whether the
    reader may ask for it."""
    digits = digits_below(area)
    found = queries.by_area(period, area, digits)
    whole = {code: code if len(code) == 15 else code.ljust(12, "0") for code in sorted(found)}
    names = territory.names_of(whole.values())
    return [
        (
            full, territory.short_name(names.get(full, full)), found[code],
            len(prefix_of(full)) == digits < 15, len(prefix_of(full)) < digits, current_reach().covers(full),
        )
        for code, full in whole.items()
    ]  # fmt: skip


def _shares(period: Period, area: str) -> list[tuple[Any, Any]]:
    told = shares_by_area(indicators.INDICATORS, period, area, digits_below(area))
    return [(each, shares[""]) for each, shares in zip(indicators.INDICATORS, told, strict=True)]


@never_cache
@require_GET
@requires(SEES)
def rates_rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """The sessions behind one share."""
    indicator = indicators.BY_CODE.get(code)
    if indicator is None or side not in ("part", "whole"):
        raise Http404
    area, period = area_of(request), period_of(request, of_year=True)
    rows = within_area(getattr(indicator, side)[0](period), area).order_by("-begins_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({row.area_code for row in page})
    context = {
        "indicator": indicator, "side": side, "area": area, "where": where(area), "period": period,
        "page": page, "now_at": timezone.localtime(),
        "lines": [
            (line, topic_name(line.session.topic), names.get(line.session.area_code, ""))
            for line in lines_of(list(page))
        ],
    }  # fmt: skip
    return render(request, "education/rates_rows.html", context)
