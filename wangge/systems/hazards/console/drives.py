"""专项行动: the list, a new one, how far it is by grid, the daily report, what is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.queries import home_of, may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory import queries as territory
from wangge.lib.asked import area_of, day_of
from wangge.lib.workbooks import as_file

from ..actions.drives import end_drive, start_drive
from ..enums import Target
from ..forms.drive import DriveForm
from ..models import Drive
from ..outgoing.tables import drive_book
from ..queries import drives as queries
from ..reading.progress import Report

PER_PAGE = 50


@never_cache
@require_GET
@requires("case.view")
def drives(request: HttpRequest) -> HttpResponse:
    """Those under way first."""
    page = Paginator(queries.drives(), PER_PAGE).get_page(request.GET.get("page"))
    standing = queries.standing(page)
    names = territory.names_of({row.area_code for row in page})
    context = {
        "page": page, "may_manage": may(request.user, "campaign.manage"), "today": timezone.localdate(),
        "lines": [
            (row, standing.get(row.pk), territory.short_name(names.get(row.area_code, ""))) for row in page
        ],
    }  # fmt: skip
    return render(request, "hazards/drives.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("campaign.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to look at, where and until when; it starts at once."""
    form = DriveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = start_drive(
                actor=request.user, area_code=home_of(request.user, "campaign.manage"), wanted=form.wanted()
            )
        except (Unacceptable, Refused) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("行动已启动，要查 %(count)d 处。") % {"count": row.targets.count()})
            return redirect("hazards:drive", row.pk)
    return render(request, "hazards/drive_new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
@requires("case.view")
def drive(request: HttpRequest, pk: int) -> HttpResponse:
    """Completion by grid, as of now or of the day asked for: the daily report."""
    row, report = _asked(request, pk)
    context = {
        "row": row, "report": report, "place": territory.area_name_path(row.area_code),
        "mine": may(request.user, "campaign.manage", row.area_code), "now_at": timezone.localtime(),
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "hazards/drive.html", context)


@never_cache
@require_GET
@requires("case.view")
def daily_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    row, report = _asked(request, pk)
    content = drive_book(request.user.get_username(), row.name, report)
    return as_file(content, f"{row.name}_{report.day.isoformat()}_日报.xlsx")


def _asked(request: HttpRequest, pk: int) -> tuple[Drive, Report]:
    row = get_object_or_404(Drive.objects.select_related("form"), pk=pk)
    today = timezone.localdate()
    return row, queries.report(row, min(day_of(request.GET.get("day", "")) or today, today))


@never_cache
@require_GET
@requires("case.view")
def gaps(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still to be looked at, each with its checklist."""
    row, area = get_object_or_404(Drive.objects.select_related("form"), pk=pk), area_of(request)
    page = Paginator(queries.gaps(row, area), PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({each.area_code for each in page})
    context: dict[str, Any] = {
        "row": row, "page": page, "area": area, "place": territory.area_name_path(area) if area else "",
        "what": "organisations" if row.target == Target.ORGANISATIONS else "buildings",
        "lines": [
            (each.organisation or each.building, territory.short_name(names.get(each.area_code, "")))
            for each in page
        ],
        "may_inspect": may(request.user, "case.open") and row.state == "running",
    }  # fmt: skip
    return render(request, "hazards/gaps.html", context)


@require_POST
@requires("campaign.manage")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it."""
    end_drive(actor=request.user, drive=get_object_or_404(Drive, pk=pk))
    return redirect("hazards:drive", pk)
