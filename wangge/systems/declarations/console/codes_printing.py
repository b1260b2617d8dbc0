"""Posters: a few come at once, many are made by the worker and fetched when they are done."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.registry.people.rules import Declined

from ..actions import codes_print as actions
from ..forms.codes import PrintForm
from ..models import PosterRun, ReportCode
from ..queries.codes_places import codes_in


def base_of(request: HttpRequest) -> str:
    """Scheme and host that printed addresses lead to: as configured, else as the page was asked for."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


@require_POST
@requires("code.manage")
def print_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The poster of one code."""
    code, form = get_object_or_404(ReportCode, pk=pk), PrintForm(request.POST)
    paper = form.cleaned_data["paper"] if form.is_valid() else "a4"
    try:
        return _pdf(request, code.area_code, [code], paper)
    except Declined as refusal:
        messages.error(request, str(refusal))
        return redirect("declarations:code", pk)


@require_POST
@requires("code.manage")
def print_many(request: HttpRequest) -> HttpResponse:
    """The posters of the live codes of a filter."""
    from .codes import area_of, filters_of

    area, form = area_of(request), PrintForm(request.POST)
    paper = form.cleaned_data["paper"] if form.is_valid() else "a4"
    asked = filters_of(request) | {"state": "live"}
    codes = list(codes_in(area.code, **asked).order_by("area_code", "pk")[: actions.MOST + 1])
    try:
        if len(codes) <= actions.FEW:
            return _pdf(request, area.code, codes, paper)
        run = actions.request_posters(
            actor=request.user, area=area.code, codes=codes, paper=paper, base=base_of(request)
        )
    except Declined as refusal:
        messages.error(request, str(refusal))
        return redirect("declarations:codes")
    return redirect("declarations:posters", run.pk)


def _pdf(request: HttpRequest, area: str, codes: list[ReportCode], paper: str) -> HttpResponse:
    made = actions.posters_now(actor=request.user, area=area, codes=codes, paper=paper, base=base_of(request))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="posters.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@require_GET
@requires("code.manage")
def posters(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a file of posters is; asks again by itself and offers it when it is done."""
    run = _own(request, pk)
    context = {"run": run, "open": run.state in actions.OPEN, "total": len(run.codes)}
    context["here"] = territory.area_name_path(run.area_code)
    part = request.headers.get("HX-Request")
    return render(
        request, "declarations/_codes_posters.html" if part else "declarations/codes_posters.html", context
    )


@require_GET
@requires("code.manage")
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file."""
    run = _own(request, pk)
    path = actions.fetch_posters(run=run)
    if path is None:
        return redirect("declarations:posters", pk)
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=_("报备码海报.pdf"), content_type="application/pdf"
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _own(request: HttpRequest, pk: int) -> PosterRun:
    """A file of one's own; nobody else's exists."""
    return get_object_or_404(PosterRun.objects, pk=pk, created_by=request.user)
