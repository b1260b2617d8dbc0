"""The figures of disputes, and the rows behind each number (spec 4.2)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Share, shares_by_area, within_area
from wangge.lib.scoping import current_reach, prefix_of
from wangge.lib.workbooks import as_file

from .. import indicators
from ..outgoing.lines import lines_of
from ..outgoing.tables import workbook
from .asking import area_of, period_of, where

PER_PAGE = 50
BELOW = {6: 9, 9: 12, 12: 15, 15: 15}


def digits_below(area: str) -> int:
    """How long the codes below an area are; without one, below the reader's own."""
    if area:
        return BELOW.get(len(prefix_of(area)), 15)
    return BELOW.get(min((len(prefix) for prefix in current_reach().prefixes if prefix), default=6), 15)


@never_cache
@require_GET
@requires("area.view")
def rates(request: HttpRequest) -> HttpResponse:
    """One line an area below the asked one, the sum on top."""
    area, period = area_of(request), period_of(request)
    total, lines = _table(request)
    context = {
        "indicators": indicators.INDICATORS, "total": total, "lines": lines, "area": area, "period": period,
        "where": where(area), "may_open": may(request.user, "case.view"), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "disputes/rates.html", context)


def _table(
    request: HttpRequest,
) -> tuple[list[tuple[str, Share]], list[tuple[str, str, list[tuple[str, Share]], bool]]]:
    area, period = area_of(request), period_of(request)
    digits, nothing = digits_below(area), Share(0, 0)
    columns = {each.code: shares_by_area(each, period, area, digits) for each in indicators.INDICATORS}
    codes = sorted({code for column in columns.values() for code in column if code})
    whole = {code: code if len(code) == 15 else code.ljust(12, "0") for code in codes}
    names = territory.names_of(whole.values())
    lines = [
        (
            full, territory.short_name(names.get(full, full)),
            [(key, column.get(code, nothing)) for key, column in columns.items()], digits < 15,
        )
        for code, full in whole.items()
    ]  # fmt: skip
    return [(key, column[""]) for key, column in columns.items()], lines


@never_cache
@require_GET
@requires("area.view")
def rates_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    period, (total, lines) = period_of(request), _table(request)
    heads = ["区域"]
    for each in indicators.INDICATORS:
        heads += [f"{each.name}分子", f"{each.name}分母", f"{each.name}%"]
    rows = [["合计", *_cells(total)], *([name, *_cells(shares)] for _code, name, shares, _opens in lines)]
    title = f"调解指标 {period.since.isoformat()}—{period.until.isoformat()}"
    notes = [f"{each.name}：{each.meaning}" for each in indicators.INDICATORS]
    content = workbook(request.user.get_username(), title, heads, rows, notes)
    return as_file(content, f"调解指标_{period.until.isoformat()}.xlsx")


def _cells(shares: list[tuple[str, Share]]) -> list[object]:
    cells: list[object] = []
    for _key, share in shares:
        cells += [share.part, share.whole, "—" if share.percent is None else round(share.percent, 2)]
    return cells


@never_cache
@require_GET
@requires("case.view")
def rates_rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """The rows behind one number, as far as the reader may see them."""
    indicator = indicators.BY_CODE.get(code)
    if indicator is None or side not in ("part", "whole"):
        raise Http404
    area, period = area_of(request), period_of(request)
    found = within_area(getattr(indicator, side)[0](period), area)
    rows = found.filter(pk__in=cases_for(request.user).values("pk")).order_by("area_code", "-raised_at")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "indicator": indicator, "side": side, "area": area, "where": where(area), "period": period,
        "page": page, "lines": lines_of(list(page)),
    }  # fmt: skip
    return render(request, "disputes/rates_rows.html", context)
