"""The figures of hazards, and the rows behind each number (spec 4.2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.console.rates import Rates
from wangge.foundation.access.rules import requires

from ..indicators import INDICATORS
from ..outgoing.lines import lines_of

RATES = Rates("hazards", _("隐患指标"), "隐患指标", INDICATORS, lines_of, "hazards/hazards.css")


@never_cache
@require_GET
@requires("area.view")
def rates(request: HttpRequest) -> HttpResponse:
    """One line an area, the sum on top."""
    return RATES.page(request)


@never_cache
@require_GET
@requires("area.view")
def rates_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return RATES.file(request)


@never_cache
@require_GET
@requires("case.view")
def rates_rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """The rows behind one number."""
    return RATES.rows(request, code, side)
