"""企业责任: which firms pledged and checked themselves this month, which did not; their codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of
from wangge.lib.codes import qr_of
from wangge.lib.fonts import NoFont
from wangge.lib.workbooks import as_file

from ..actions import firms as actions
from ..models import Link
from ..outgoing.notices import card_pdf, card_words
from ..outgoing.tables import firm_book
from ..queries import firms as queries

PER_PAGE, MOST, AT_ONCE = 50, 20_000, 500


@never_cache
@require_GET
@requires("case.view")
def firms(request: HttpRequest) -> HttpResponse:
    """A month: those that are missing first."""
    area, month = area_of(request), queries.month_of(request.GET.get("month", ""))
    side = request.GET.get("side", "missing")
    side = side if side in queries.SIDES else "missing"
    page = Paginator(queries.by_side(area, month, side), PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({link.area_code for link in page})
    context = {
        "page": page, "area": area, "where": where(area), "month": month, "side": side,
        "tabs": [(each, name, queries.by_side(area, month, each).count()) for each, name in sides()],
        "lines": [
            (line, territory.short_name(names.get(line.link.area_code, "")))
            for line in queries.lines_of(list(page), month)
        ],
        "may_manage": may(request.user, "campaign.manage"), "without": queries.firms_without(area).count(),
    }  # fmt: skip
    return render(request, "hazards/firms.html", context)


def sides() -> list[tuple[str, str]]:
    """The tabs of the list."""
    return [
        ("missing", _("本月没交")),
        ("done", _("已交")),
        ("unpledged", _("没签承诺书")),
        ("all", _("全部")),
    ]


@never_cache
@require_GET
@requires("case.view")
def firms_file(request: HttpRequest) -> HttpResponse:
    """All of a month as a workbook."""
    area, month = area_of(request), queries.month_of(request.GET.get("month", ""))
    links = list(queries.by_side(area, month, "all")[:MOST])
    names = territory.names_of({link.area_code for link in links})
    lines = [(line, names.get(line.link.area_code, "")) for line in queries.lines_of(links, month)]
    return as_file(firm_book(request.user.get_username(), month, lines), f"企业自查_{month:%Y-%m}.xlsx")


@require_POST
@requires("campaign.manage")
def issue(request: HttpRequest) -> HttpResponse:
    """Codes for the firms of an area that hold none, five hundred at once."""
    area = area_of(request)
    rows = list(queries.firms_without(area)[:AT_ONCE])
    for row in rows:
        actions.issue_link(actor=request.user, organisation=row)
    messages.success(request, _("发了 %(count)d 个单位自查码。") % {"count": len(rows)})
    return redirect(f"{reverse('hazards:firms')}?area={area}&side=all")


@require_POST
@requires("campaign.manage")
def remind(request: HttpRequest) -> HttpResponse:
    """Remind everybody who is missing in a month."""
    area, month = area_of(request), queries.month_of(request.POST.get("month", ""))
    told = actions.remind(
        actor=request.user, links=queries.by_side(area, month, "missing")[:MOST], month=month
    )
    messages.success(request, _("已提醒 %(count)d 个单位；今天提醒过的不再提醒。") % {"count": told})
    return redirect(f"{reverse('hazards:firms')}?area={area}&month={month:%Y-%m}")


def address_of(request: HttpRequest, link: Link) -> str:
    """What the QR opens; capitals, which a QR code holds more densely."""
    at = reverse("hazardcheck:check", kwargs={"token": queries.token_of(link)})
    return request.build_absolute_uri(at).upper()


@never_cache
@require_GET
@requires("campaign.manage")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """A firm's code on the screen, printed from there."""
    return render(request, "hazards/card.html", _card(request, _link(pk)))


@never_cache
@require_GET
@requires("campaign.manage")
def card_file(request: HttpRequest, pk: int) -> HttpResponse:
    """As PDF."""
    row = _link(pk)
    try:
        content = card_pdf(
            row, address=address_of(request, row), place=territory.area_name_path(row.area_code)
        )
    except NoFont as why:
        return render(request, "hazards/card.html", _card(request, row) | {"error": str(why)}, status=422)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{row.number}.pdf") or "inline"
    return answer


def _link(pk: int) -> Link:
    return get_object_or_404(Link.objects.select_related("organisation"), pk=pk)


def _card(request: HttpRequest, row: Link) -> dict[str, Any]:
    return {
        "link": row, "words": card_words(row, territory.area_name_path(row.area_code)),
        "picture": mark_safe(qr_of(address_of(request, row))),  # drawn here from an address of ours
    }  # fmt: skip


@require_POST
@requires("campaign.manage")
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new code; the old one is void."""
    actions.issue_link(actor=request.user, organisation=_link(pk).organisation, anew=True)
    messages.success(request, _("已换发，旧码作废。"))
    return redirect("hazards:card", pk)


@require_POST
@requires("campaign.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """No code any more."""
    actions.revoke_link(actor=request.user, link=_link(pk))
    return redirect("hazards:firms")
