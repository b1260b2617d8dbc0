"""All orders of the reader's areas."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from .. import queries
from ..enums import State

PER_PAGE = 30


@never_cache
@require_GET
@requires("order.view")
def orders(request: HttpRequest) -> HttpResponse:
    """Orders that hold in, or over, the reader's areas, the newest first."""
    view = request.GET.get("view", "")
    page = Paginator(queries.orders_in_reach(view), PER_PAGE).get_page(request.GET.get("page"))
    codes = {area.area_code for order in page for area in order.areas.all()}
    names = {code: territory.short_name(name) for code, name in territory.names_of(codes).items()}
    context = {
        "page": page, "view": view, "views": [*State.choices, ("waiting", _("要处理的"))],
        "may_issue": may(request.user, "order.issue"),
        "rows": [
            (order, [names.get(area.area_code, area.area_code) for area in order.areas.all()],
             queries.warning_of(order)) for order in page
        ],
    }  # fmt: skip
    return render(request, "orders/list.html", context)
