"""Taking a ledger out."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from ..actions.export import export_home, export_ledger
from ..forms import ExportForm
from .areas import area_of
from .ledgers import export_context, ledger_or_404, selection_of

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
    with tempfile.NamedTemporaryFile(dir=export_home(), suffix=f".{asked['form']}", delete=False) as taken:
        path = Path(taken.name)
    made = export_ledger(
        actor=request.user,
        selection=selection,
        path=path,
        form=asked["form"],
        area_name=territory.short_name(area.name),
        unmasked=asked.get("unmasked", False),
        reason=asked.get("reason", ""),
    )
    stream = path.open("rb")
    path.unlink()  # the open file stays readable; nothing is left behind when the answer is sent
    return FileResponse(stream, as_attachment=True, filename=made.name, content_type=TYPES[asked["form"]])
