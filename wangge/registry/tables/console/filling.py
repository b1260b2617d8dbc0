"""Preview, fill, download."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.rules import requires

from ..actions import keeping, open_fill, request_fill, write_requested
from ..actions.later import OPEN, Withdrawn
from ..enums import RequestState
from ..forms import FillForm
from ..models import Fill, TableRequest
from ..queries import requests as queries
from ..queries.preview import Preview, preview_of
from ..rules import may_have_clear
from .listing import context_of, table_or_404
from .standing import standing_of

TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}


@require_http_methods(["GET", "POST"])
@requires("ledger.export")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be filled and what would stay empty; then fill."""
    table = table_or_404(pk)
    if table.state == RequestState.ASKING:
        return redirect("tables:columns", pk)
    clear = may_have_clear(request.user, table.area_code)
    form = FillForm(request.POST if request.method == "POST" else None, may_unmask=clear)
    with keeping.opened(table.stored, table.file_name) as path:
        shown = preview_of(table, path)
    if request.method == "POST" and form.is_valid():
        return _fill(request, table, form, shown)
    context = context_of(table, 2) | standing_of(table)
    context |= {"form": form, "preview": shown, "notes": shown.tally.said()}
    return render(request, "tables/preview.html", context, status=400 if request.method == "POST" else 200)


def _fill(request: HttpRequest, table: TableRequest, form: FillForm, shown: Preview) -> HttpResponse:
    """Small ones at once, large ones by the worker."""
    fill = request_fill(
        actor=request.user,
        request=table,
        unmasked=form.cleaned_data.get("unmasked", False),
        reason=form.cleaned_data.get("reason", ""),
    )
    if not shown.more:
        with suppress(Withdrawn):  # its page says why
            write_requested(fill)
    return redirect("tables:filling", fill.pk)


def fill_or_404(request: HttpRequest, pk: int) -> Fill:
    """A filling of one's own; nobody else's exists."""
    found = queries.own_fill(request.user, pk)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


@require_GET
@requires("ledger.export")
def filling(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a filling is; asks again by itself and offers the file when it is there."""
    fill = fill_or_404(request, pk)
    context = context_of(fill.request, 3) | {"fill": fill, "open": fill.state in OPEN}
    part = request.headers.get("HX-Request")
    return render(request, "tables/_filling.html" if part else "tables/filling.html", context)


@require_POST
@requires("ledger.export")
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, once."""
    fill = fill_or_404(request, pk)
    content = open_fill(actor=request.user, fill=fill)
    if content is None:
        return redirect("tables:filling", pk)
    suffix = ".xlsm" if fill.file_name.endswith(".xlsm") else ".xlsx"
    answer = HttpResponse(content, content_type=TYPES[suffix])
    answer.headers["Content-Disposition"] = _named(fill.file_name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _named(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
