"""The values behind the figures, and their export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, requires
from wangge.foundation.journal.rules import without_personal
from wangge.foundation.territory import queries as territory

from .. import actions, queries
from ..models import EmergencyOrder, OrderValue
from ..queries.shown import subject_name
from ..queries.values import said

PER_PAGE = 30


@never_cache
@require_GET
@requires("order.view")
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """What was collected, masked; each subject shown is logged as read."""
    order = get_object_or_404(EmergencyOrder, pk=pk, state="active")
    key = request.GET.get("key", "")
    page = Paginator(queries.rows_of(order, key), PER_PAGE).get_page(request.GET.get("page"))
    kept = list(page.object_list)
    _log(request, kept)
    names = territory.names_of({row.area_code for row in kept})
    lines = [
        (row, subject_name(row.subject_type), names.get(row.area_code, row.area_code), one.label,
         without_personal(one.shown)) for row, one in zip(kept, said(kept), strict=True)
    ]  # fmt: skip
    context = {
        "order": order, "page": page, "lines": lines, "key": key,
        "may_export": may(request.user, "ledger.export"),
    }  # fmt: skip
    return render(request, "orders/rows.html", context)


def _log(request: HttpRequest, kept: Iterable[OrderValue]) -> None:
    """A subject is a row of another app: named by its label and key, as the read log names it."""
    seen: dict[tuple[str, str], str] = {
        (row.subject_type, row.subject_id): row.area_code for row in kept if _known(row.subject_type)
    }
    for (label, which), area in seen.items():
        model = apps.get_model(label)
        placed = any(field.name == "area_code" for field in model._meta.concrete_fields)
        subject = model(pk=which, **({"area_code": area} if placed else {}))
        access.note_reading(actor=request.user, subject=subject)


def _known(label: str) -> bool:
    try:
        return bool(apps.get_model(label))
    except (LookupError, ValueError):
        return False


@require_POST
@requires("order.view")
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The values as a workbook, masked. The file is erased with the order."""
    order = get_object_or_404(EmergencyOrder, pk=pk, state="active")
    if not may(request.user, "ledger.export"):
        raise Refused(_("您没有导出的权限。"))
    file = actions.export_values(actor=request.user, order=order)
    path = Path(settings.HOME) / file.path
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"order-{order.pk}.xlsx")
