"""Looking at the territory: tree, area, map."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.geometry.measures import area_m2
from wangge.foundation.territory.models import Area, ShapeVersion
from wangge.lib.scoping import current_reach
from wangge.site.territory.pictures import Picture, picture_of
from wangge.site.territory.standards import notes_for, standing_of

T = TypeVar("T")
SIMPLIFY = 0.00002  # degrees, two metres: less than a pixel on a map of a district
DIGITS = 6


@require_safe
@requires("area.view")
def areas(request: HttpRequest) -> HttpResponse:
    """The tree of areas, opened level by level; or the areas whose name or code is searched for."""
    wanted = request.GET.get("q", "").strip()[:40]
    found = list(search(wanted)) if wanted else list(queries.tops_in_reach())
    context = {"areas": found, "q": wanted, "may_divide": may(request.user, "area.divide")}
    return render(request, "territory/areas.html", context)


def search(text: str) -> Any:
    """The first areas in reach whose code begins with the text or whose name holds it."""
    rows = queries.areas_in_reach()
    return (rows.filter(code__startswith=text) if text.isdigit() else rows.filter(name__contains=text))[:100]


@require_safe
@requires("area.view")
def children(request: HttpRequest, code: str) -> HttpResponse:
    """One level of the tree, for htmx."""
    area = get_object_or_404(Area, code=code)
    return render(request, "territory/_branch.html", {"areas": queries.children_of(area.code)})


@require_safe
@requires("area.view")
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area: what it is, what lies below it with its counts, its map and its history."""
    found = get_object_or_404(Area, code=code)
    below = list(queries.children_of(code))
    counted = queries.counts_for(
        [code, *(child.code for child in below)], lambda permission: may(request.user, permission)
    )
    context = {
        "area": found,
        "path": _steps(code),
        "rows": [(child, counted.rows[child.code]) for child in below],
        "facts": list(zip(counted.labels, counted.rows[code], strict=True)),
        "columns": counted.labels,
        "as_of": counted.as_of,
        "changes": list(queries.changes_of(code)[:20]) if len(code) > 9 else [],
        "today": timezone.localdate(),
        "notes": notes_for(standing_of(code)),
        "picture": picture_for(code),
        "tiles": settings.TILE_URL,
        "may_divide": may(request.user, "area.divide", code),
        "area_m2": round(area_m2(shape)) if (shape := queries.shape_on(code)) else None,
    }
    return render(request, f"territory/{'grid' if found.level == Level.GRID else 'area'}.html", context)


def _steps(code: str) -> list[tuple[str, str, bool]]:
    """Code and name of every area above, and whether the reader may open it."""
    path = queries.path_of(code)
    names, reach = queries.names_of(path), current_reach()
    return [
        (step, queries.short_name(names[step]), reach.covers(step)) for step in path[:-1] if step in names
    ]


@require_safe
@requires("area.view")
def map_page(request: HttpRequest) -> HttpResponse:
    """All grids in reach on one map, as of a day."""
    day = day_of(request)
    code = request.GET.get("area", "")
    if code:
        get_object_or_404(Area, code=code)
    context = {"picture": picture_for(code, day), "tiles": settings.TILE_URL, "day": day, "area": code}
    context["day_text"] = day.isoformat()
    context["movable"] = day == timezone.localdate() and may(request.user, "area.divide")
    return render(request, "territory/map.html", context)


@require_safe
@gzip_page
@requires("area.view")
def grids_geojson(request: HttpRequest) -> HttpResponse:
    """The grids in reach as GeoJSON for the map: simplified, with shared borders kept."""
    code = request.GET.get("area", "")
    if code:
        get_object_or_404(Area, code=code)
    day = day_of(request)
    text = _kept("geojson", code, day, lambda: _as_json(code, day))
    if only := [one for one in request.GET.get("only", "").split(",") if one]:
        text = _only(text, only)
    return HttpResponse(text, content_type="application/geo+json")


def _only(text: str, codes: list[str]) -> str:
    """These grids of a collection."""
    found = json.loads(text)
    found["features"] = [one for one in found["features"] if one["properties"]["code"] in codes]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def picture_for(code: str = "", day: datetime.date | None = None, *, links: bool = True) -> Picture:
    """The server-drawn map of the grids in reach, for print and where the browser has no WebGL."""
    day = day or timezone.localdate()
    return _kept(f"picture|{links}", code, day, lambda: picture_of(_drawn(code, day), links=links))


def _drawn(code: str, day: datetime.date) -> dict[str, Any]:
    return queries.features_on(day, code, simplify=SIMPLIFY, digits=DIGITS)


def _as_json(code: str, day: datetime.date) -> str:
    return json.dumps(_drawn(code, day), ensure_ascii=False, separators=(",", ":"))


def _kept(what: str, code: str, day: datetime.date, make: Callable[[], T]) -> T:
    """What ``make`` makes, kept until a shape changes; the reach is part of the key."""
    token = ShapeVersion.objects.values_list("token", flat=True).first()
    if not token:
        return make()
    named = f"{what}|{token}|{day}|{code}|{','.join(sorted(current_reach().prefixes))}"
    key = "territory.map." + hashlib.sha256(named.encode()).hexdigest()
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, 3600)
    return found


def day_of(request: HttpRequest) -> datetime.date:
    text = request.GET.get("day", "")
    try:
        return datetime.date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        raise Http404("no such day") from error
