"""部门按时报到率, 街道评价得分: a line a unit, each number opens its rows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.models import Unit
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of, period_of
from wangge.lib.workbooks import as_file

from .. import indicators
from ..enums import CLOCKS
from ..outgoing.tables import department_book
from ..queries import departments as queries
from ..queries.calls import lines_of
from ..queries.terms import bound
from ..reading.departments import FEW

PER_PAGE = 50


@never_cache
@require_GET
@requires("area.view")
def departments(request: HttpRequest) -> HttpResponse:
    """All units that were called, had something due or were judged in the period."""
    area, period = area_of(request), period_of(request)
    lines = queries.table(period, area)
    context = {
        "lines": lines, "total": queries.total(lines, period, area), "area": area, "period": period,
        "where": where(area), "may_open": may(request.user, "case.view"), "now_at": timezone.localtime(),
        "clocks": CLOCKS, "meanings": indicators.INDICATORS[:3], "few": FEW,
    }  # fmt: skip
    return render(request, "whistles/departments.html", context)


@never_cache
@require_GET
@requires("area.view")
def departments_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    area, period = area_of(request), period_of(request)
    lines = queries.table(period, area)
    taker = request.user.get_username()
    content = department_book(taker, period, where(area), lines, queries.total(lines, period, area))
    return as_file(content, f"部门报到评价_{period.until.isoformat()}.xlsx")


def figure_name(key: str) -> str:
    """A figure in the reader's language."""
    return {
        "called": _("被叫次数"), "late": _("到场晚或没到"), "scores": _("评价"),
        "sign-part": _("按时签收"), "sign-whole": _("签收到期"),
        "contact-part": _("按时联系"), "contact-whole": _("联系到期"),
        "arrive-part": _("按时到场"), "arrive-whole": _("到场到期"),
    }[key]  # fmt: skip


@never_cache
@require_GET
@requires("case.view")
def rows(request: HttpRequest, unit: int, figure: str) -> HttpResponse:
    """The rows behind one number, as far as the reader may see them."""
    area, period = area_of(request), period_of(request)
    try:
        found = queries.rows_behind(figure, unit, period, area)
    except KeyError as none:
        raise Http404 from none
    seen = cases_for(request.user).values("pk")
    context: dict[str, Any] = {
        "figure": figure_name(figure), "period": period, "area": area, "where": where(area),
        "unit": Unit._base_manager.filter(pk=unit).first(), "now_at": timezone.localtime(),
    }  # fmt: skip
    if figure == "scores":
        shown = found.filter(call__whistle__case__in=seen).select_related("call__unit", "call__whistle__case")
        page = Paginator(shown.order_by("-at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "whistles/scores.html", context | {"page": page})
    shown = found.filter(whistle__case__in=seen).select_related("unit", "whistle__case")
    page = Paginator(shown.order_by("-called_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page, bound("whistle.far_metres").number)
    return render(request, "whistles/calls.html", context | {"page": page, "lines": lines})
