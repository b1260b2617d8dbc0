"""GeoJSON in and out."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import actions, queries
from wangge.foundation.territory.models import Area
from wangge.site.territory.console import day_of
from wangge.site.territory.forms import ImportForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires("area.divide")
def import_page(request: HttpRequest) -> HttpResponse:
    """Check a file of grid shapes, or take it over; nothing is written while it has a fault."""
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        context["report"] = actions.import_shapes(
            actor=request.user,
            source=data["file"].read(),
            system=data["system"],
            on=data["on"],
            dry_run="take" not in request.POST,
        )
    return render(request, "territory/import.html", context)


@require_safe
@gzip_page
@requires("area.view")
def export(request: HttpRequest) -> HttpResponse:
    """The grids in reach with every digit, so that the file can come back unchanged."""
    code = request.GET.get("area", "")
    if code:
        get_object_or_404(Area, code=code)
    found = queries.features_on(day_of(request), code)
    answer = HttpResponse(json.dumps(found, ensure_ascii=False), content_type="application/geo+json")
    answer["Content-Disposition"] = 'attachment; filename="grids.geojson"'
    return answer
