"""The list of requests, and one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.registry.ledgers.outgoing.catalogue import ledger_named

from ..actions import close_request
from ..enums import RequestState
from ..meanings.meaning import said_of
from ..models import TableRequest
from ..queries import requests as queries
from .standing import standing_of

PER_PAGE = 30
SOON = 3  # days before a deadline from which it is shown in yellow


@require_GET
@requires("ledger.export")
def tables(request: HttpRequest) -> HttpResponse:
    """All requests of the reach, the nearest deadline first."""
    state = request.GET.get("state", "")
    page = Paginator(queries.requests(state), PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({table.area_code for table in page})
    rows = [
        (table, territory.short_name(names.get(table.area_code, table.area_code)), tone(table))
        for table in page
    ]
    context = {"page": page, "rows": rows, "state": state, "states": RequestState.choices}
    return render(request, "tables/list.html", context)


def tone(table: TableRequest) -> str:
    """red after the deadline, yellow shortly before, "" otherwise."""
    if table.deadline is None or table.state in (RequestState.FILLED, RequestState.CLOSED):
        return ""
    left = (table.deadline - timezone.localdate()).days
    return "red" if left < 0 else "yellow" if left <= SOON else ""


def table_or_404(pk: int) -> TableRequest:
    """A request of the reach."""
    return get_object_or_404(TableRequest.objects.select_related("created_by"), pk=pk)


def context_of(table: TableRequest, step: int) -> dict[str, Any]:
    """What all pages of one request show. step: 0 upload, 1 columns, 2 preview, 3 result."""
    labels = [_("上传"), _("认列"), _("预览"), _("填好")]
    return {
        "table": table,
        "area_path": territory.area_name_path(table.area_code),
        "ledger": ledger_named(table.ledger),
        "conditions": [said_of(code) for code in table.filters],
        "steps": [(label, at < step, at == step) for at, label in enumerate(labels)],
        "tone": tone(table),
    }


@require_GET
@requires("ledger.export")
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: who asked, what for, its fillings; open questions come first."""
    shown = table_or_404(pk)
    if shown.state == RequestState.ASKING:
        return redirect("tables:columns", pk)
    context = context_of(shown, 3) | standing_of(shown) | {"fills": list(queries.fills_of(shown)[:PER_PAGE])}
    return render(request, "tables/table.html", context)


@require_POST
@requires("ledger.export")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Done with a request."""
    close_request(actor=request.user, request=table_or_404(pk))
    messages.success(request, _("这份报表已结束。同样的表再来时，会直接用这次的结果。"))
    return redirect("tables:list")
