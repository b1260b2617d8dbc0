"""生成汇报: one page from live figures, to read, to print, as docx and as PDF (S11, S31)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.lib.fonts import NoFont

from ..actions.briefing import note_briefing
from ..models import Stop, Tour
from ..outgoing.documents import as_of, briefing_docx, briefing_pdf, more
from ..queries.briefing import briefing_of
from ..queries.tours import called, stops_of
from ..reading.page import Briefing
from ..rules import SEES

FORMS = {
    "pdf": ("application/pdf", briefing_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", briefing_docx),
}


@never_cache
@require_GET
@requires(*SEES)
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, of the whole tour or of one stop."""
    tour, stop = _asked(request, pk)
    return _page(request, tour, stop)


def _page(request: HttpRequest, tour: Tour, stop: Stop | None, error: str = "") -> HttpResponse:
    told, stops = briefing_of(tour, stop), stops_of(tour)
    names = called(stops)
    context: dict[str, Any] = {
        "tour": tour, "stop": stop, "told": told, "as_of": as_of(told), "more": more(told), "error": error,
        "stops": [(each, names[each.pk]) for each in stops],
    }  # fmt: skip
    return render(request, "tours/briefing.html", context, status=422 if error else 200)


@never_cache
@require_GET
@requires(*SEES)
def briefing_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The same as a file, in Chinese whoever takes it."""
    if form not in FORMS:
        raise Http404
    tour, stop = _asked(request, pk)
    kind, make = FORMS[form]
    with translation.override("zh-hans"):
        told: Briefing = briefing_of(tour, stop)
    try:
        content = make(told)
    except NoFont as why:
        return _page(request, tour, stop, str(why))
    note_briefing(actor=request.user, tour=tour, form=form, stops=told.stops)
    answer = HttpResponse(content, content_type=kind)
    name = f"汇报材料_{timezone.localdate().isoformat()}_{tour.pk}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _asked(request: HttpRequest, pk: int) -> tuple[Tour, Stop | None]:
    """The tour and the stop that are asked for.

    Raises:
        Http404: one of them is not in reach.
    """
    tour = get_object_or_404(Tour, pk=pk)
    asked = request.GET.get("stop", "")
    if not asked:
        return tour, None
    rows = Stop.objects.select_related("estate", "organisation")
    return tour, get_object_or_404(rows, pk=asked if asked.isdecimal() else 0, tour=tour)
