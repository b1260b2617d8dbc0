"""The list of incidents and requests."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import area_asked_for

from ..forms.listing import ListForm
from ..queries.listing import SIDES, counts, lines_of, listed, rates

PER_PAGE = 50


@never_cache
@require_GET
@requires("case.view")
def cases(request: HttpRequest) -> HttpResponse:
    """By area, class, source and day; every number opens its rows."""
    area = request.GET.get("area", "")
    if area and area_asked_for(area) is None:
        raise Http404
    form = ListForm(request.GET)
    asked = form.asked()
    found = counts(request.user, asked)
    page = Paginator(listed(request.user, asked), PER_PAGE).get_page(request.GET.get("page"))
    kept = urlencode({name: value for name, value in form.cleaned_data.items() if value and name != "side"})
    context = {
        "form": form, "asked": asked, "page": page, "lines": lines_of(list(page)), "rates": rates(found),
        "sides": [(side, _names()[side], found[side]) for side in SIDES], "kept": kept,
        "may_open": may(request.user, "case.open"), "may_import": may(request.user, "ledger.import"),
    }  # fmt: skip
    return render(request, "incidents/list.html", context)


def _names() -> dict[str, str]:
    return {
        "open": _("在办"), "late": _("超时"), "closed": _("办结"), "rated": _("已评价"),
        "content": _("满意和基本满意"), "reopened": _("重开过"), "all": _("全部"),
    }  # fmt: skip
