"""Taking a ledger out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area

from ..actions.export import export_home, export_ledger
from ..actions.export_later import OPEN, open_export, request_export
from ..forms import ExportForm
from ..models import Export
from ..outgoing.catalogue import ledger_named
from ..outgoing.selection import Selection
from ..queries.ledgers import bounded_count
from .areas import area_of
from .ledgers import export_context, ledger_or_404, selection_of

AT_ONCE = 5_000  # rows written while the browser waits; more are written by the worker
LISTED = 30
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_http_methods(["GET", "POST"])
@requires("ledger.export")
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask how, then hand the file out. The conditions are those of the page one came from."""
    ledger, area = ledger_or_404(code), area_of(request)
    selection, _filters = selection_of(request, ledger, area)
    may_unmask = access.may(request.user, "ledger.export_unmasked", area.code)
    form = ExportForm(request.POST or None, may_unmask=may_unmask)
    if request.method != "POST" or not form.is_valid():
        context = export_context(request, selection, area, form)
        return render(
            request, "ledgers/export.html", context, status=400 if request.method == "POST" else 200
        )
    asked = form.cleaned_data
    how = {
        "form": asked["form"],
        "unmasked": asked.get("unmasked", False),
        "reason": asked.get("reason", ""),
    }
    if bounded_count(selection, AT_ONCE).more:
        later = request_export(actor=request.user, selection=selection, **how)
        return redirect("ledgers:export_waiting", later.pk)
    return _at_once(request, selection, area, how)


def _at_once(request: HttpRequest, selection: Selection, area: Area, how: dict[str, Any]) -> FileResponse:
    form = how["form"]
    with tempfile.NamedTemporaryFile(dir=export_home(), suffix=f".{form}", delete=False) as taken:
        path = Path(taken.name)
    area_name = territory.short_name(area.name)
    made = export_ledger(actor=request.user, selection=selection, path=path, area_name=area_name, **how)
    stream = path.open("rb")
    path.unlink()  # the open file stays readable; nothing is left behind when the answer is sent
    return FileResponse(stream, as_attachment=True, filename=made.name, content_type=TYPES[form])


def export_or_404(request: HttpRequest, pk: int) -> Export:
    """An export of one's own; nobody else's exists."""
    return get_object_or_404(Export.objects, pk=pk, created_by=request.user)


@require_GET
@requires("ledger.export")
def exports(request: HttpRequest) -> HttpResponse:
    """One's own exports of the last time."""
    found = list(Export.objects.filter(created_by_id=request.user.pk)[:LISTED])
    names = territory.names_of({export.area_code for export in found})
    rows = [
        (export, ledger_named(export.ledger).name, territory.short_name(names.get(export.area_code, "")))
        for export in found
    ]
    return render(request, "ledgers/exports.html", {"rows": rows})


@require_GET
@requires("ledger.export")
def waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an export is; asks again by itself and offers the file when it is written."""
    export = export_or_404(request, pk)
    context = {
        "export": export,
        "ledger": ledger_named(export.ledger),
        "area_path": territory.area_name_path(export.area_code),
        "open": export.state in OPEN,
    }
    part = request.headers.get("HX-Request")
    return render(request, "ledgers/_export.html" if part else "ledgers/export_waiting.html", context)


@require_GET
@requires("ledger.export")
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file."""
    export = export_or_404(request, pk)
    path = open_export(actor=request.user, export=export)
    if path is None:
        return redirect("ledgers:export_waiting", pk)
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=export.file_name, content_type=TYPES[export.form]
    )
    answer["Cache-Control"] = "no-store"
    return answer
