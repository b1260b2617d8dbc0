"""日报 (S42): one page a day to look at, print or take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.lib.asked import day_of
from wangge.lib.workbooks import as_file

from ..enums import CampaignState, TargetState
from ..models import Campaign
from ..outgoing.tables import workbook
from ..queries import campaigns as queries
from .asking import area_of


@never_cache
@require_GET
@requires("duty.view")
def daily(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a day, today without one."""
    row, area, report = _asked(request, pk)
    context = {
        "row": row, "report": report, "area": area, "states": TargetState.choices,
        "place": territory.area_name_path(area or row.area_code), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "campaigns/daily.html", context)


@never_cache
@require_GET
@requires("duty.view")
def daily_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    row, _area, report = _asked(request, pk)
    heads = ["区域", "走访对象", "当日新增", "累计走访", "已覆盖", "覆盖率%"]
    heads += [str(state.label) for state in TargetState] + ["逾期未完成"]
    rows = [_cells(_("合计"), report.total), *(_cells(line.name, line) for line in report.lines)]
    title = f"{row.name} {report.day.isoformat()} 日报"
    content = workbook(request.user.get_username(), title, heads, rows)
    return as_file(content, f"{row.name}_{report.day.isoformat()}_日报.xlsx")


def _asked(request: HttpRequest, pk: int) -> tuple[Campaign, str, queries.Report]:
    row = get_object_or_404(Campaign, pk=pk)
    if row.state == CampaignState.DRAFT:
        raise Http404
    area = area_of(request).code if request.GET.get("area") else ""
    today = timezone.localdate()
    day = min(day_of(request.GET.get("day", "")) or today, today)
    return row, area, queries.daily(row, day, area)


def _cells(name: str, line: queries.ReportLine) -> list[object]:
    standing = line.standing
    percent = "—" if standing.percent is None else standing.percent
    counts = [standing.by_state[state] for state in TargetState]
    return [name, standing.doors, line.new, standing.visited, standing.covered, percent, *counts, line.late]
