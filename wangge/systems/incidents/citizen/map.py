"""What was reported nearby, for everybody: kind and state on a map, nothing of whom or what was said."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..outgoing.ground import Dot, ground_picture
from ..queries.public import allowed, shown


@never_cache
@require_safe
def public_map(request: HttpRequest) -> HttpResponse:
    """The map with counts; 404 in words where the district does not show one."""
    if not allowed():
        return render(request, "report/no_map.html", status=404)
    rows = shown()
    dots = [
        Dot(row.lon, row.lat, f"{row.kind} · {row.state}", "over" if row.over else "open") for row in rows
    ]
    counts = Counter((row.kind, row.over) for row in rows)
    kinds = sorted({row.kind for row in rows}, key=lambda kind: -counts[kind, True] - counts[kind, False])
    context = {
        "picture": mark_safe(ground_picture(dots)),
        "total": len(rows), "table": [(kind, counts[kind, False], counts[kind, True]) for kind in kinds],
    }  # fmt: skip
    return render(request, "report/map.html", context)
