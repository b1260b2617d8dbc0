"""A blank is uploaded, and its columns are looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import requires
from wangge.foundation.territory.models import Area
from wangge.registry.ledgers.console.areas import area_of, choices_for
from wangge.registry.ledgers.guards import Unreadable

from .. import actions
from ..actions.receive import Asked
from ..forms import AskForm, ConditionsForm
from ..models import TableRequest
from . import choosing
from .listing import context_of, table_or_404
from .standing import standing_of


@require_http_methods(["GET", "POST"])
@requires("ledger.export")
def upload(request: HttpRequest) -> HttpResponse:
    """Take a blank in; leads to its columns."""
    area = area_of(request, request.POST.get("area", ""))
    form = AskForm(request.POST or None, request.FILES or None, initial={"area": area.code})
    context = {"form": form, "area": area, "areas": choices_for(area)}
    if request.method != "POST":
        return render(request, "tables/upload.html", context)
    if not form.is_valid():
        return render(request, "tables/upload.html", context, status=400)
    try:
        table = _receive(request, form.cleaned_data, area)
    except Unreadable as broken:
        return render(request, "tables/upload.html", context | {"refused": broken.message}, status=422)
    return redirect("tables:columns", table.pk)


def _receive(request: HttpRequest, asked: dict[str, Any], area: Area) -> TableRequest:
    blank = asked["blank"]
    told = {
        name: asked[name] for name in ("department", "contact", "purpose", "basis", "deadline", "frequency")
    }
    table = actions.receive_table(
        actor=request.user,
        area_code=area.code,
        name=blank.name or "",
        content=blank.file,
        asked=Asked(**told),
    )
    if table.rows is not None:
        messages.info(request, _("同样的表以前要过，列和条件已经认好，可以直接填。"))
    return table


@require_http_methods(["GET", "POST"])
@requires("ledger.export")
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means and which rows are wanted; answers are remembered, the preview follows."""
    table = table_or_404(pk)
    form = ConditionsForm(request.POST if request.method == "POST" else None, table=table)
    missing: list[str] = []
    if request.method == "POST":
        missing = choosing.unanswered(table, request.POST)
        if form.is_valid() and not missing:
            return _choose(request, table, form)
        if missing:
            messages.error(request, _("还有 %(count)d 列没有确认。") % {"count": len(missing)})
    context = (
        context_of(table, 1)
        | standing_of(table)
        | {
            "form": form,
            "sheets": choosing.sheets_for(table, request.POST),
            "unanswered": missing,
            "meanings": choosing.all_meanings(),
        }
    )
    return render(request, "tables/columns.html", context, status=422 if request.method == "POST" else 200)


def _choose(request: HttpRequest, table: TableRequest, form: ConditionsForm) -> HttpResponse:
    cleaned, unit = form.cleaned_data, table.unit
    chosen = actions.choose_columns(
        actor=request.user,
        request=table,
        answers=choosing.answers_in(table, request.POST),
        unit=cleaned["unit"],
        ledger=cleaned["ledger"],
        filters=form.conditions,
        as_of=cleaned["as_of"],
    )
    if chosen.unit != unit or chosen.state == "asking":
        messages.info(request, _("一行的含义改了，请再看一遍各列。"))
        return redirect("tables:columns", chosen.pk)
    return redirect("tables:preview", chosen.pk)
