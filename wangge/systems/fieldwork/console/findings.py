"""发现问题: what workers found, with place, time and photos."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.photos.models import Photo
from wangge.foundation.photos.queries import content_of
from wangge.foundation.territory import queries as territory
from wangge.lib.asked import day_of
from wangge.lib.scoping import EVERYWHERE, prefix_filter, prefix_of, within

from ..enums import ABNORMAL, Outcome
from ..models import Finding
from ..queries.workers import names_of
from .duties import area_of, where

PER_PAGE = 30


@never_cache
@require_GET
@requires("duty.view")
def findings(request: HttpRequest) -> HttpResponse:
    """The newest first, by area, kind and day."""
    area, get = area_of(request), request.GET
    kind = get.get("kind", "") if get.get("kind") in ABNORMAL else ""
    since, until = day_of(get.get("since", "")), day_of(get.get("until", ""))
    rows = Finding.objects.order_by("-at", "-pk")
    rows = rows.filter(prefix_filter("area_code", prefix_of(area))) if area else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(at__date__gte=since) if since else rows
    rows = rows.filter(at__date__lte=until) if until else rows
    flagged = get.get("flagged") == "1"
    rows = rows.filter(in_grid=False) | rows.filter(clock_off=True) if flagged else rows
    page = Paginator(rows, PER_PAGE).get_page(get.get("page"))
    context = {
        "page": page, "lines": _lines(list(page)), "area": area, "where": where(area), "kind": kind,
        "kinds": [(value, label) for value, label in Outcome.choices if value in ABNORMAL],
        "since": since, "until": until, "flagged": flagged,
    }  # fmt: skip
    return render(request, "fieldwork/findings.html", context)


def _lines(rows: list[Finding]) -> list[dict[str, Any]]:
    places = territory.names_of({row.area_code for row in rows})
    names = names_of({row.worker for row in rows})
    here = _arrived({digest for row in rows for digest in row.photos})
    return [
        {
            "row": row, "place": places.get(row.area_code, row.area_code),
            "worker": names.get(row.worker, row.worker),
            "photos": [digest for digest in row.photos if digest in here],
            "missing": sum(digest not in here for digest in row.photos),
        }
        for row in rows
    ]  # fmt: skip


def _arrived(digests: set[str]) -> set[str]:
    """Those whose file is whole."""
    found = Photo._base_manager.filter(digest__in=digests, complete_at__isnull=False)
    return set(found.values_list("digest", flat=True))


@never_cache
@require_GET
@requires("duty.view")
def photo(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A photo of a finding within reach."""
    finding = get_object_or_404(Finding, pk=pk)
    if digest not in finding.photos:
        raise Http404
    with within(EVERYWHERE):  # its file may have come in under another grid; the finding decides
        shown = get_object_or_404(Photo, digest=digest, complete_at__isnull=False)
    answer = HttpResponse(content_of(shown), content_type=_type_of(shown.kind))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _type_of(kind: str) -> str:
    word = kind.rsplit("/", 1)[-1].lower()
    return f"image/{'jpeg' if word in ('', 'jpg') else word}" if word.isalpha() or not word else "image/jpeg"
