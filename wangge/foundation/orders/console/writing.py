"""An order is drafted and amended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory import queries as territory

from .. import actions
from ..forms import FieldLines, OrderForm
from ..models import EmergencyOrder
from ..rules import codes_of

INDENT = {"district": "", "town": "", "community": "　"}


def area_choices() -> list[tuple[str, str]]:
    """The areas in reach down to communities."""
    areas = territory.areas_in_reach().exclude(level="grid").order_by("code").only("code", "name", "level")
    return [(one.code, INDENT[one.level] + territory.short_name(one.name)) for one in areas]


@never_cache
@require_http_methods(["GET", "POST"])
@requires("order.issue")
def new(request: HttpRequest) -> HttpResponse:
    """Write a draft."""
    return _write(request, None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("order.issue")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Amend a draft; an order that was started has no such page."""
    return _write(request, get_object_or_404(EmergencyOrder, pk=pk, state="draft"))


def _write(request: HttpRequest, order: EmergencyOrder | None) -> HttpResponse:
    data = request.POST or None
    form = OrderForm(data, initial=_said(order), areas=area_choices())
    lines = FieldLines(data, initial=_lines(order), prefix="fields")
    if data and "more" not in data and form.is_valid() and lines.is_valid():
        about: dict[str, Any] = dict(form.cleaned_data)
        fields = [said for line in lines if (said := line.said())]
        try:
            if order is None:
                order = actions.draft_order(actor=request.user, fields=fields, **about)
            else:
                order = actions.amend_order(actor=request.user, order=order, fields=fields, **about)
            return redirect("orders:order", pk=order.pk)
        except (Unacceptable, PermissionDenied) as why:
            form.add_error(None, str(why))
    if data and "more" in data:
        lines = _longer(data)
    context = {"form": form, "lines": lines, "order": order}
    return render(request, "orders/write.html", context, status=422 if data and "more" not in data else 200)


def _said(order: EmergencyOrder | None) -> dict[str, Any]:
    if order is None:
        now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
        return {"starts": now, "ends": now + timedelta(days=14), "retention_days": 7}
    names = ("number", "title", "kind", "basis", "issuer", "starts", "ends", "retention_days")
    return {name: getattr(order, name) for name in names} | {"areas": codes_of(order)}


def _lines(order: EmergencyOrder | None) -> list[dict[str, Any]]:
    if order is None:
        return []
    return [
        {
            "key": f.key, "label": f.label, "function": f.function, "kind": f.kind,
            "choices": "、".join(f.choices), "required": f.required, "note": f.note,
        } for f in order.fields.all()
    ]  # fmt: skip


def _longer(data: Any) -> Any:
    """The same lines and three more, for a browser without scripts."""
    data = data.copy()
    data["fields-TOTAL_FORMS"] = str(min(int(data.get("fields-TOTAL_FORMS") or 0) + 3, 60))
    return FieldLines(data, prefix="fields")
