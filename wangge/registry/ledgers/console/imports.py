"""The import wizard: columns, dry run, import, result. Every step can be left and come back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from .. import actions
from ..enums import BatchState, Outcome
from ..guards import Unreadable
from ..models import Batch, Row
from ..queries import batches as queries
from ..queries.counts import stored_counts
from ..queries.ledgers import ledgers_touched
from ..queries.waiting import imports_in_state
from . import columns
from .retold import retold

PER_PAGE = 30
SHOWN_PROBLEMS = 50
SOUGHT = [("waiting", _lazy("待确认（有列要问、试算完成）")), ("failed_lately", _lazy("最近 7 天失败"))]
PAGES = {
    BatchState.ASKING: "columns",
    BatchState.RECEIVED: "columns",
    BatchState.PLANNING: "progress",
    BatchState.PLANNED: "plan",
    BatchState.WRITING: "progress",
}


@require_GET
@requires("ledger.import")
def imports(request: HttpRequest) -> HttpResponse:
    """All batches of the reach, the newest first."""
    state = request.GET.get("state", "")
    found = imports_in_state(state).select_related("created_by")
    found = found.defer("sheets", "preview_sealed", "mapping")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({batch.area_code for batch in page})
    rows = [(batch, territory.short_name(names.get(batch.area_code, batch.area_code))) for batch in page]
    context = {
        "page": page,
        "rows": rows,
        "states": [*SOUGHT, *BatchState.choices],
        "state": state,
    }
    return render(request, "ledgers/imports.html", context)


def batch_or_404(pk: int) -> Batch:
    """A batch of the reach."""
    return get_object_or_404(Batch.objects, pk=pk)


@require_GET
@requires("ledger.import")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a batch stands: its next step, or its result."""
    shown = batch_or_404(pk)
    if shown.state in PAGES:
        return redirect(f"ledgers:{PAGES[BatchState(shown.state)]}", pk)
    return render(request, "ledgers/result.html", _context(shown) | _result(shown))


def _context(shown: Batch) -> dict[str, Any]:
    return {
        "batch": shown,
        "area_path": territory.area_name_path(shown.area_code),
        "counts": [(outcome, shown.counts.get(outcome.value, 0)) for outcome in Outcome],
        "steps": _steps(shown),
    }


def _steps(shown: Batch) -> list[tuple[str, bool, bool]]:
    """The wizard's steps: label, done, current."""
    at = {
        BatchState.RECEIVED: 1,
        BatchState.ASKING: 1,
        BatchState.PLANNING: 2,
        BatchState.PLANNED: 2,
        BatchState.WRITING: 3,
    }.get(BatchState(shown.state), 4)
    labels = [_("上传"), _("认列"), _("试算"), _("导入"), _("结果")]
    return [(name, number < at, number == at) for number, name in enumerate(labels)]


def _result(shown: Batch) -> dict[str, Any]:
    before, after = shown.people_before, shown.people_after
    waiting = shown.cases.filter(state="open").count()
    return {
        "waiting": waiting,
        "why": retold(shown.message),
        "above": queries.open_cases(shown) - waiting,
        "gained": after - before if before is not None and after is not None else None,
    }


@require_GET
@requires("ledger.import")
def touched(request: HttpRequest, pk: int) -> HttpResponse:
    """本次更新的台账: the ledgers in which people of this batch stand, fetched by the result page."""
    shown = batch_or_404(pk)
    counts = stored_counts(shown.area_code)
    ledgers = [(ledger, number, counts.get(ledger.code)) for ledger, number in ledgers_touched(shown)]
    return render(request, "ledgers/_touched.html", {"batch": shown, "ledgers": ledgers})


@require_http_methods(["GET", "POST"])
@requires("ledger.import")
def columns_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means; the answers are remembered, then the dry run follows."""
    shown = batch_or_404(pk)
    if shown.state not in (BatchState.RECEIVED, BatchState.ASKING, BatchState.PLANNED):
        return redirect("ledgers:import", pk)
    answers, unanswered = columns.answers_in(shown, request.POST), []
    if request.method == "POST":
        unanswered = columns.unanswered(shown, request.POST)
        if not unanswered:
            return _map_and_plan(request, shown, answers)
        messages.error(request, _("还有 %(count)d 列没有确认。") % {"count": len(unanswered)})
    context = _context(shown) | {
        "sheets": columns.sheets_for(shown, answers),
        "unanswered": unanswered,
        "facts": columns.all_facts(),
    }
    return render(request, "ledgers/columns.html", context, status=422 if unanswered else 200)


def _map_and_plan(request: HttpRequest, shown: Batch, answers: dict[str, dict[str, str]]) -> HttpResponse:
    try:
        shown = actions.choose_mapping(actor=request.user, batch=shown, answers=answers)
    except ValueError as refused:
        messages.error(request, str(refused))
        return redirect("ledgers:columns", shown.pk)
    try:
        actions.begin_plan(actor=request.user, batch=shown)
    except Unreadable as broken:
        messages.error(request, retold(broken.message))
    return redirect("ledgers:import", shown.pk)


@require_http_methods(["GET", "POST"])
@requires("ledger.import")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: what would happen, with examples. Nothing is written yet. By POST it is run again."""
    shown = batch_or_404(pk)
    if request.method == "POST":
        return _handed_over(request, shown, actions.request_plan)
    if shown.state != BatchState.PLANNED:
        return redirect("ledgers:import", pk)
    preview = queries.preview_of(shown)
    context = _context(shown) | {
        "preview": [
            (o, columns.named_changes(preview.get(o.value, []))) for o in Outcome if o != Outcome.ERROR
        ],
        "problems": preview.get("error", [])[:SHOWN_PROBLEMS],
        "problem_count": preview.get("problems", 0),
        "by_code": [(queries.message_of(code), number) for code, number in _most(preview.get("by_code", {}))],
        "to_write": sum(shown.counts.get(o, 0) for o in ("new", "update", "conflict")),
    }
    return render(request, "ledgers/plan.html", context)


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])


@require_POST
@requires("ledger.import")
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the batch to the worker."""
    return _handed_over(request, batch_or_404(pk), actions.request_commit)


def _handed_over(request: HttpRequest, shown: Batch, ask: Callable[..., object]) -> HttpResponse:
    try:
        ask(actor=request.user, batch=shown)
    except actions.NotReady as refused:
        messages.error(request, str(refused))
        return redirect("ledgers:import", shown.pk)
    return redirect("ledgers:progress", shown.pk)


@require_GET
@requires("ledger.import")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the dry run or the import is; asks again by itself, and moves on when it is through."""
    shown = batch_or_404(pk)
    if shown.state not in (BatchState.WRITING, BatchState.PLANNING):
        return _moved_on(request, shown)
    context = _context(shown) | {
        "standing": queries.standing_of(shown),
        "planning": shown.state == BatchState.PLANNING,
        "may_cancel": shown.state == BatchState.PLANNING or not shown.done_rows,
    }
    whole = not request.headers.get("HX-Request")
    return render(request, "ledgers/progress.html" if whole else "ledgers/_progress.html", context)


def _moved_on(request: HttpRequest, shown: Batch) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("ledgers:import", shown.pk)
    response = HttpResponse()
    response["HX-Redirect"] = reverse("ledgers:import", args=[shown.pk])
    return response


@require_POST
@requires("ledger.import")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a batch up; its file is erased."""
    shown = batch_or_404(pk)
    try:
        actions.cancel_batch(actor=request.user, batch=shown)
    except actions.NotReady as refused:
        messages.error(request, str(refused))
        return redirect("ledgers:import", pk)
    messages.success(request, _("已取消，上传的文件已删除，登记册没有变化。"))
    return redirect("ledgers:imports")


@require_GET
@requires("ledger.import")
def errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file back in its own layout with what is wrong."""
    made = queries.error_workbook_of(batch_or_404(pk))
    if made is None:
        raise Http404
    path, name = made
    stream = path.open("rb")
    path.unlink()
    return FileResponse(stream, as_attachment=True, filename=name)


@require_GET
@requires("ledger.import")
def rows(request: HttpRequest, pk: int, outcome: str) -> HttpResponse:
    """What became of the rows: every number of a result opens these."""
    shown = batch_or_404(pk)
    if outcome not in Outcome.values:
        raise Http404
    found = Row.objects.filter(batch=shown, outcome=outcome).select_related("person").order_by("pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = _context(shown) | {
        "page": page,
        "outcome": Outcome(outcome),
        "lines": [
            (
                row,
                columns.names_of(row.detail.get("changed", [])),
                [queries.message_of(code) for _column, code in row.detail.get("problems", [])],
            )
            for row in page
        ],
    }
    return render(request, "ledgers/rows.html", context)
