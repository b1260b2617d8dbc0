"""数据共享台账: every comparison, who, when, with whom, what for, how many; as a workbook too (S38)."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.lib.workbooks import as_file

from ..models import Handover
from ..outgoing.tables import ledger_book
from ..queries import requests
from ..rules import ASKS, SEES

PER_PAGE, MOST = 50, 20_000
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped


@never_cache
@require_GET
@requires(SEES)
def ledger(request: HttpRequest) -> HttpResponse:
    """A line a comparison."""
    since, until, rows = _asked(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({row.share.area_code for row in page})
    context = {
        "page": page, "lines": [(row, names.get(row.share.area_code, "")) for row in page],
        "since": since, "until": until, "sums": requests.sums(rows), "now_at": timezone.localtime(),
        "may_compare": may(request.user, ASKS),
    }  # fmt: skip
    return render(request, "exchange/ledger.html", context)


@never_cache
@require_GET
@requires(SEES)
def ledger_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    _since, _until, found = _asked(request)
    rows = list(found[:MOST])
    names = territory.names_of({row.share.area_code for row in rows})
    content = ledger_book(request.user.get_username(), rows, names)
    return as_file(content, f"数据共享台账_{timezone.localdate().isoformat()}.xlsx")


def _asked(request: HttpRequest) -> tuple[date | None, date | None, QuerySet[Handover]]:
    since, until = _day(request.GET.get("since", "")), _day(request.GET.get("until", ""))
    return since, until, requests.handovers(since, until)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None
