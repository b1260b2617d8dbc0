"""The figures of a system's cases (spec 4.2): a line an area, as a workbook, and the rows behind each number.
A system has its three pages from ``Rates``; its url names are rates, rates_file and rates_rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from wangge.foundation.access.queries import may
from wangge.foundation.territory import queries as territory
from wangge.lib.asked import area_of, digits_below, period_of
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Indicator, Share, within_area
from wangge.lib.workbooks import as_file

from ..outgoing.book import one_sheet
from ..queries.worklist import cases_for

PER_PAGE = 50
Shares = list[tuple[str, Share]]
Line = tuple[str, str, Shares, bool]  # area, its name, its shares, whether areas lie below


@dataclass(frozen=True)
class Rates:
    """The pages of one system.

    Args:
        space: its url namespace; its templates ``_tabs.html`` and ``_rows.html`` lie under the same name.
        name: how people call its figures; files are called ``title``.
        lines: cases → the lines that ``_rows.html`` shows.
        css: the style sheet of its rows.
    """

    space: str
    name: str | Promise
    title: str
    indicators: tuple[Indicator, ...]
    lines: Callable[[list[Any]], list[Any]]
    css: str

    def page(self, request: HttpRequest) -> HttpResponse:
        """One line an area below the asked one, the sum on top."""
        total, lines = self._table(request)
        context = self._asked(request) | {
            "indicators": self.indicators, "total": total, "lines": lines,
            "may_open": may(request.user, "case.view"), "now_at": timezone.localtime(),
        }  # fmt: skip
        return render(request, "cases/rates.html", context)

    def file(self, request: HttpRequest) -> HttpResponse:
        """The same as a workbook."""
        period, (total, lines) = period_of(request), self._table(request)
        heads = ["区域", *(head for each in self.indicators for head in _heads(each))]
        rows = [["合计", *_cells(total)], *([name, *_cells(shares)] for _code, name, shares, _opens in lines)]
        title = f"{self.title} {period.since.isoformat()}—{period.until.isoformat()}"
        notes = [f"{each.name}：{each.meaning}" for each in self.indicators]
        content = one_sheet(request.user.get_username(), title, heads, rows, notes)
        return as_file(content, f"{self.title}_{period.until.isoformat()}.xlsx")

    def rows(self, request: HttpRequest, code: str, side: str) -> HttpResponse:
        """The rows behind one number, as far as the reader may see them."""
        indicator = next((each for each in self.indicators if each.code == code), None)
        if indicator is None or side not in ("part", "whole"):
            raise Http404
        found = within_area(getattr(indicator, side)[0](period_of(request)), area_of(request))
        seen = found.filter(pk__in=cases_for(request.user).values("pk")).order_by("area_code", "-raised_at")
        page = Paginator(seen, PER_PAGE).get_page(request.GET.get("page"))
        told = {"indicator": indicator, "side": side, "page": page, "lines": self.lines(list(page))}
        return render(request, "cases/rates_rows.html", self._asked(request) | told)

    def _asked(self, request: HttpRequest) -> dict[str, Any]:
        area = area_of(request)
        return {
            "area": area, "where": territory.where(area), "period": period_of(request), "name": self.name,
            "css": self.css, "tabs": f"{self.space}/_tabs.html", "rows": f"{self.space}/_rows.html",
            "page_url": f"{self.space}:rates", "file_url": f"{self.space}:rates_file",
            "rows_url": f"{self.space}:rates_rows",
        }  # fmt: skip

    def _table(self, request: HttpRequest) -> tuple[Shares, list[Line]]:
        area, period = area_of(request), period_of(request)
        digits, nothing = digits_below(area), Share(0, 0)
        told = shares_by_area(self.indicators, period, area, digits)
        columns = {each.code: shares for each, shares in zip(self.indicators, told, strict=True)}
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


def _heads(indicator: Indicator) -> list[str]:
    return [f"{indicator.name}分子", f"{indicator.name}分母", f"{indicator.name}%"]


def _cells(shares: Shares) -> list[object]:
    cells: list[object] = []
    for _key, share in shares:
        cells += [share.part, share.whole, "—" if share.percent is None else round(share.percent, 2)]
    return cells
