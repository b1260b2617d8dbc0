"""Forms for the field app: what may be filled in, and each form as the phone's engine reads it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires

from .queries import given_out, listed, version_numbered

XFORM = "application/xml; charset=utf-8"


@require_GET
@requires("duty.do")
def forms(request: HttpRequest) -> HttpResponse:
    """The forms given out in the worker's grids: key, number, title, digest."""
    return JsonResponse({"forms": [listed(version) for version in given_out().defer("xform", "workbook")]})


@require_GET
@requires("duty.do")
@cache_control(private=True, no_cache=True)
def form(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version as XForm. What the phone has already (If-None-Match) is not sent again; a version that is
    no longer given out still is, for answers under way."""
    version = version_numbered(key, number)
    if version is None:
        raise Http404
    tag = f'"{version.digest}"'
    held = request.headers.get("If-None-Match", "")
    if tag in [part.strip().removeprefix("W/") for part in held.split(",")]:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(version.xform, content_type=XFORM)
    answer["ETag"] = tag
    return answer
