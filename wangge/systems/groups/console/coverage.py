"""团体码覆盖率, and the rows behind it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area

from ..queries import coverage as queries
from ..queries.terms import terms

PER_PAGE = 50


def _area(request: HttpRequest) -> Area:
    code = request.GET.get("area", "")
    area = territory.area_asked_for(code)
    if area is None:
        raise Http404
    return area


@never_cache
@require_GET
@requires("group.view")
def coverage(request: HttpRequest) -> HttpResponse:
    """The rate of an area and of each area below it."""
    area = _area(request)
    context = {
        "area": area, "lines": queries.coverage(area), "as_of": queries.as_of(),
        "share": round(100 * terms().covered), "place": territory.area_name_path(area.code),
    }  # fmt: skip
    return render(request, "groups/coverage.html", context)


@never_cache
@require_GET
@requires("group.view")
def rows(request: HttpRequest) -> HttpResponse:
    """The organisations behind one number."""
    area, show = _area(request), request.GET.get("show", "all")
    found = queries.rows(area.code, show if show in queries.SHOWS else "all")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "area": area, "show": show, "page": page, "lines": queries.beside(list(page), area.code),
        "as_of": queries.as_of(), "kept_query": f"area={area.code}&show={show}",
    }  # fmt: skip
    return render(request, "groups/coverage_rows.html", context)
