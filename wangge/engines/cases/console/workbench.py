"""工作台: what waits for me, what runs out first on top."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.queries import home_of, may
from wangge.foundation.access.rules import Refused, requires
from wangge.foundation.journal import actions as journal
from wangge.lib.workbooks import as_file

from ..forms.listing import CaseFilter
from ..outgoing.book import case_book
from ..queries.listing import lines_of, open_rows, page_of, rows_of, shown, tiles

PER_PAGE = 50
MOST_IN_FILE = 20_000


@never_cache
@require_GET
@requires("case.view")
def workbench(request: HttpRequest) -> HttpResponse:
    """One page of cases with the counts above it; every count opens its rows."""
    form, now = CaseFilter(request.GET), timezone.now()
    wanted = form.wanted()
    opened = open_rows(request.user, wanted)
    rows = rows_of(request.user, wanted, now) if wanted.closed else shown(opened, wanted, now)
    cases, after = page_of(rows, closed=wanted.closed, after=request.GET.get("after", ""), size=PER_PAGE)
    context: dict[str, Any] = {
        "form": form, "wanted": wanted, "lines": lines_of(cases, now), "after": after,
        "tiles": tiles(opened, wanted, now), "begun": bool(request.GET.get("after")),
        "may_export": may(request.user, "ledger.export"),
    }  # fmt: skip
    return render(request, "cases/workbench.html", context)


@never_cache
@require_GET
@requires("case.view")
def export(request: HttpRequest) -> HttpResponse:
    """The rows of the list as a workbook; who took how many stands in the trail."""
    if not may(request.user, "ledger.export"):
        raise Refused(_("您的角色不能导出；可以请社区书记导出。"))
    wanted, now = CaseFilter(request.GET).wanted(), timezone.now()
    rows = rows_of(request.user, wanted, now)
    cases, more = page_of(rows, closed=wanted.closed, size=MOST_IN_FILE)
    area = wanted.area or home_of(request.user, "case.view") or settings.DISTRICT + "000000"
    data = {"rows": len(cases), "show": wanted.show, "mine": wanted.mine}
    journal.record("case.exported", actor=request.user, area=area, data=data)
    content = case_book(request.user.get_username(), lines_of(cases, now), MOST_IN_FILE if more else 0)
    return as_file(content, f"事项_{timezone.localdate().isoformat()}.xlsx")
