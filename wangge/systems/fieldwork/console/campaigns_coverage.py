"""Coverage of an area, the rows behind each number, the sample of the month and its certificate."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Period

from ..actions import draws as actions
from ..enums import VisitResult
from ..models import Draw
from ..queries import campaigns, coverage, sampling
from .asking import area_of, days_of, up_of

PER_PAGE = 50
NAMES = {
    "rooms": gettext_lazy("全部房屋"),
    "covered": gettext_lazy("有有效结果的房屋"),
    "uncovered": gettext_lazy("没有有效结果的房屋"),
    "lived_in": gettext_lazy("有人住的房屋"),
    "missing": gettext_lazy("有人住、没有有效结果的房屋"),
    "people": gettext_lazy("在册人员"),
    "confirmed": gettext_lazy("这段时间确认过的人员"),
    "unconfirmed": gettext_lazy("这段时间没有确认的人员"),
}


@never_cache
@require_GET
@requires("duty.view")
def coverage_page(request: HttpRequest) -> HttpResponse:
    """入户覆盖率 and 人员覆盖率 of an area and those below, and what the sample says."""
    area, (first, last) = area_of(request), days_of(request)
    total, lines = coverage.coverage(area.code, Period(first, last))
    draw = sampling.draws(area.code).first()
    context = {
        "area": area, "up": up_of(area), "first": first, "last": last, "total": total, "lines": lines,
        "place": territory.area_name_path(area.code), "now_at": timezone.localtime(),
        "draw": draw, "certificate": sampling.certificate(draw) if draw else None,
        "may_draw": area.level != "grid" and may(request.user, "campaign.manage", area.code),
        "month": timezone.localdate().replace(day=1), "percent": actions.PERCENT,
        "kept": urlencode({"since": first.isoformat(), "until": last.isoformat()}),
    }  # fmt: skip
    return render(request, "campaigns/coverage.html", context)


@never_cache
@require_GET
@requires("duty.view")
def coverage_rows(request: HttpRequest, side: str) -> HttpResponse:
    """The rooms or people behind a number."""
    if side not in coverage.SIDES:
        raise Http404
    area, (first, last) = area_of(request), days_of(request)
    rows = coverage.SIDES[side](area.code, Period(first, last))
    of_people = side in ("people", "confirmed", "unconfirmed")
    if of_people and not may(request.user, "person.view", area.code):
        raise Refused
    ordered = (
        rows.select_related("person", "room__building") if of_people else rows.select_related("building")
    )
    page = Paginator(ordered.order_by("area_code", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    if of_people:
        access.note_readings(actor=request.user, subjects=[tie.person for tie in page], what="view")
    context = {
        "area": area, "side": side, "name": NAMES[side], "first": first, "last": last, "page": page,
        "of_people": of_people, "names": campaigns.named_grids(list(page)),
        "place": territory.area_name_path(area.code),
    }  # fmt: skip
    return render(request, "campaigns/coverage_rows.html", context)


@require_POST
@requires("campaign.manage")
def draw(request: HttpRequest) -> HttpResponse:
    """Draw this month's sample of an area."""
    area = area_of(request)
    if area.level == "grid":
        raise Http404
    given = request.POST.get("percent", "")
    try:
        percent = int(given) if given.isdecimal() and len(given) < 4 else 0
        made = actions.draw_sample(
            actor=request.user, area_code=area.code, month=timezone.localdate(), percent=percent
        )
    except Unacceptable as why:
        messages.error(request, str(why))
        return redirect(f"{reverse('campaigns:coverage')}?area={area.code}")
    said = _("抽了 %(drawn)d 间房屋，复核任务已派给所在网格。")
    messages.success(request, said % {"drawn": made.drawn.count()})
    return redirect("campaigns:sample", made.pk)


@never_cache
@require_GET
@requires("duty.view")
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """One sample: the certificate and its rooms."""
    made = get_object_or_404(Draw, pk=pk)
    show = request.GET.get("show", "all")
    if show not in sampling.SHOWS:
        raise Http404
    page = Paginator(sampling.rows_of(made, show), PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.result_name = VisitResult(row.result).label if row.result else ""
    context: dict[str, Any] = {
        "draw": made, "certificate": sampling.certificate(made), "page": page, "show": show,
        "place": territory.area_name_path(made.area_code), "names": campaigns.named_grids(list(page)),
        "may_draw": may(request.user, "campaign.manage", made.area_code), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "campaigns/sample.html", context)


@require_POST
@requires("campaign.manage")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sample back while nobody has been anywhere."""
    made = get_object_or_404(Draw, pk=pk)
    try:
        actions.withdraw_sample(actor=request.user, draw=made)
    except Unacceptable as why:
        messages.error(request, str(why))
        return redirect("campaigns:sample", pk)
    messages.success(request, _("抽样已撤回，复核任务一并取消；可以重新抽。"))
    return redirect(f"{reverse('campaigns:coverage')}?area={made.area_code}")
