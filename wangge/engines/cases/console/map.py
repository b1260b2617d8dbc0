"""事项地图: where the cases of the list are – clusters, and how many in each grid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import names_of

from ..forms.listing import CaseFilter
from ..forms.mapping import box_of, zoom_of
from ..queries.listing import Wanted, lines_of, rows_of
from ..queries.mapping import Cluster, by_grid, clusters, inside, lines_by_area

MOST_LISTED = 50


def _asked(request: HttpRequest) -> tuple[CaseFilter, Wanted, datetime]:
    form = CaseFilter(request.GET)
    return form, form.wanted(), timezone.now()


@never_cache
@require_GET
@requires("case.view")
def page(request: HttpRequest) -> HttpResponse:
    """The map, and beside it a line for each area: the same numbers for who sees or prints no map."""
    form, wanted, now = _asked(request)
    lines = lines_by_area(rows_of(request.user, wanted, now), wanted.area, now)
    context: dict[str, Any] = {
        "form": form, "wanted": wanted, "lines": lines, "as_of": timezone.localtime(now),
        "total": sum(line.n for line in lines), "late": sum(line.late for line in lines),
        "unplaced": sum(line.unplaced for line in lines), "most": max((line.n for line in lines), default=0),
        "where": names_of([wanted.area]).get(wanted.area, "") if wanted.area else "",
        "tiles": settings.TILE_URL,
    }  # fmt: skip
    return render(request, "cases/map.html", context)


@never_cache
@require_GET
@requires("case.view")
def points(request: HttpRequest) -> HttpResponse:
    """The clusters of a window as JSON, the largest first; with ``heat`` also how many in each grid."""
    _form, wanted, now = _asked(request)
    box, rows = box_of(request.GET), rows_of(request.user, wanted, now)
    if box is None:
        return JsonResponse({"reason": _("看不出要看地图的哪一块；请重新打开地图。")}, status=400)
    found = [_told(each) for each in clusters(rows, box, zoom_of(request.GET), now)]
    body: dict[str, Any] = {"clusters": found, "as_of": timezone.localtime(now).isoformat()}
    if "heat" in request.GET:
        body["heat"] = by_grid(rows)
    return JsonResponse(body)


def _told(one: Cluster) -> dict[str, Any]:
    box = [one.box.west, one.box.south, one.box.east, one.box.north]
    return {"lon": one.lon, "lat": one.lat, "n": one.n, "late": one.late, "box": box, "number": one.number}


@never_cache
@require_GET
@requires("case.view")
def here(request: HttpRequest) -> HttpResponse:
    """The cases of a cluster as a short list, what runs out first on top."""
    _form, wanted, now = _asked(request)
    box = box_of(request.GET)
    if box is None:
        return HttpResponse(_("看不出要看地图的哪一块；请重新打开地图。"), status=400)
    rows = inside(rows_of(request.user, wanted, now), box).select_related("unit")
    found = list(rows.order_by("due_at", "pk")[: MOST_LISTED + 1])
    context = {"lines": lines_of(found[:MOST_LISTED], now), "more": len(found) > MOST_LISTED}
    return render(request, "cases/_here.html", context)
