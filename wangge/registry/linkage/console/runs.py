"""Runs of the matcher: start one, watch it, look at what it did."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from .. import actions
from ..enums import RunState
from ..forms import RunForm
from ..models import LinkRun
from ..queries import runs as queries
from ..queries.explaining import percent, words_of
from .areas import area_or_404, choices, highest_area

PER_PAGE = 30
OVER = (RunState.DONE, RunState.FAILED, RunState.REFUSED)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.merge")
def runs(request: HttpRequest) -> HttpResponse:
    """All runs of the reach; on POST the worker is asked for one."""
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        area = area_or_404(request.POST.get("area", ""))
        try:
            run = actions.request_run(
                actor=request.user, area_code=area.code, engine=form.cleaned_data["engine"]
            )
        except actions.Busy:
            messages.error(request, _("另一次比对正在进行，请等它结束再开始。"))
            return redirect("linkage:runs")
        return redirect("linkage:run", pk=run.pk)
    page = Paginator(queries.runs(), PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({run.area_code for run in page})
    context = {
        "page": page, "form": form, "areas": choices(), "area": highest_area(), "going": queries.going(),
        "rows": [(run, names.get(run.area_code, run.area_code)) for run in page],
    }  # fmt: skip
    return render(request, "linkage/runs.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@require_GET
@requires("person.merge")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far it is, or what it came to."""
    shown = get_object_or_404(LinkRun, pk=pk)
    context = {
        "run": shown,
        "over": shown.state in OVER,
        "place": territory.area_name_path(shown.area_code),
        "stage": queries.stage_of(shown),
        "seconds": queries.seconds_of(shown),
        "problem": queries.problem_of(shown),
        "counts": queries.counts_of(shown) if shown.state == RunState.DONE else [],
        "rules": queries.rules_of(shown),
    }
    return render(request, "linkage/run.html", context)


@never_cache
@require_GET
@requires("person.merge")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The line that is asked for every other second."""
    shown = get_object_or_404(LinkRun, pk=pk)
    over = shown.state in OVER
    context = {
        "run": shown, "over": over, "stage": queries.stage_of(shown), "seconds": queries.seconds_of(shown)
    }  # fmt: skip
    answer = render(request, "linkage/_progress.html", context)
    if over:
        answer["HX-Refresh"] = "true"
    return answer


@never_cache
@require_GET
@requires("person.merge")
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Waiting rows of imports that this run settled."""
    shown = get_object_or_404(LinkRun, pk=pk)
    page = Paginator(queries.settled_rows(shown), PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, percent(row.probability), words_of(row.findings)) for row in page]
    return render(request, "linkage/rows.html", {"run": shown, "page": page, "lines": lines})
