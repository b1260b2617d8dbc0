"""Codes on places: the list, how far they are promoted, make, renew, revoke, print."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.registry.people.rules import Declined

from ..actions import codes as actions
from ..actions import codes_print as printing
from ..enums import Paper, Scope
from ..forms.codes import MakeForm, RenewForm
from ..models import ReportCode
from ..queries import codes_places as places
from .codes_printing import base_of
from .declarations import areas_for

PER_PAGE = 50
STATES = ("live", "ended", "revoked")


@never_cache
@require_GET
@requires("code.manage")
def codes(request: HttpRequest) -> HttpResponse:
    """The list with its filters, and the promotion rate of the area."""
    area, asked = area_of(request), filters_of(request)
    page = Paginator(places.codes_in(area.code, **asked), PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({code.area_code for code in page})
    today = timezone.localdate()
    lines = [
        (code, territory.short_name(names.get(code.area_code, "")), _state(code, today)) for code in page
    ]
    context = {
        "page": page, "lines": lines, "area": area, "asked": asked, "areas": areas_for(),
        "scopes": Scope.choices, "rates": places.rates(area.code), "listed": places.LISTED,
        "papers": Paper.choices, "kept": urlencode({"area": area.code, **asked}), "states": STATES,
        "here": territory.area_name_path(area.code), "few": printing.FEW, "most": printing.MOST,
    }  # fmt: skip
    return render(request, "declarations/codes.html", context)


@never_cache
@require_GET
@requires("code.manage")
def code_places(request: HttpRequest) -> HttpResponse:
    """The places behind a number: all of a scope, those with a live code, or those without."""
    area, scope, side = area_of(request), request.GET.get("scope", ""), request.GET.get("side", "whole")
    if scope not in places.LISTED or side not in ("whole", "coded", "missing"):
        raise Http404
    whole = side == "whole"
    rows = (
        places.places(scope, area.code) if whole else places.coded(scope, area.code, having=side == "coded")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({places.area_of(place) for place in page})
    context = {
        "page": page, "area": area, "scope": Scope(scope), "side": side,
        "kept": urlencode({"area": area.code, "scope": scope, "side": side}),
        "lines": [(one.pk, places.name_of(one), territory.short_name(names.get(places.area_of(one), "")))
                  for one in page],
    }  # fmt: skip
    return render(request, "declarations/codes_places.html", context)


@require_POST
@requires("code.manage")
def make_codes(request: HttpRequest) -> HttpResponse:
    """One code with a name, or one for every place of the scope."""
    area, form = area_of(request), MakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return _back(area.code)
    scope, label, until = (form.cleaned_data[name] for name in ("scope", "label", "valid_to"))
    try:
        if key := request.POST.get("place", ""):
            place = places.place_of(scope, area.code, key)
            if place is None:
                raise Http404
            actions.make_code_for(actor=request.user, scope=scope, place=place, valid_to=until)
            return redirect(f"{reverse('declarations:code_places')}?{_missing(area.code, scope)}")
        if label:
            code = actions.make_code(
                actor=request.user, scope=scope, area_code=area.code, label=label, valid_to=until
            )
            return redirect("declarations:code", code.pk)
        made = actions.make_codes(actor=request.user, scope=scope, area_code=area.code, valid_to=until)
    except Declined as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("新制 %(count)d 个报备码；已有码的地点不重复制。") % {"count": made}
        messages.success(request, said)
    return _back(area.code, scope=scope)


@never_cache
@require_GET
@requires("code.manage")
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """One code: where it hangs, what came by it, and what can be done with it."""
    shown = get_object_or_404(ReportCode.objects.select_related("building", "room", "organisation"), pk=pk)
    context = {
        "code": shown, "state": _state(shown, timezone.localdate()), "papers": Paper.choices,
        "here": territory.area_name_path(shown.area_code), "address": f"{base_of(request)}/c/{shown.number}",
        "declared": shown.declarations.filter(line=0).count(),
    }  # fmt: skip
    return render(request, "declarations/code.html", context)


@require_POST
@requires("code.manage")
def renew_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A new number and round; the poster that hangs there is void."""
    shown, form = get_object_or_404(ReportCode, pk=pk), RenewForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("declarations:code", pk)
    try:
        actions.renew_code(actor=request.user, code=shown, valid_to=form.cleaned_data["valid_to"])
    except Declined as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已换发：请重新打印并更换海报，旧码不能再用。"))
    return redirect("declarations:code", pk)


@require_POST
@requires("code.manage")
def revoke_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of use, with a reason."""
    shown = get_object_or_404(ReportCode, pk=pk)
    try:
        actions.revoke_code(actor=request.user, code=shown, why=request.POST.get("why", ""))
    except Declined as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已停用：扫这个码的人会被告知重新扫码或写明住址。"))
    return redirect("declarations:code", pk)


def area_of(request: HttpRequest) -> Area:
    """The area asked for, the highest in reach without one.

    Raises:
        Http404: it lies outside the reach.
    """
    area = territory.area_asked_for(request.GET.get("area", "") or request.POST.get("area", ""))
    if area is None:
        raise Http404
    return area


def filters_of(request: HttpRequest) -> dict[str, str]:
    """Scope, state and text of the address; what is not among the choices counts as not given."""
    get = request.GET if request.method == "GET" else request.POST
    scope, state = get.get("scope", ""), get.get("state", "")
    return {
        "scope": scope if scope in Scope.values else "",
        "state": state if state in STATES else "",
        "text": get.get("text", "").strip()[:120],
    }


def _state(code: ReportCode, today: date) -> str:
    if code.revoked_at:
        return "revoked"
    return "live" if code.valid_from <= today and (not code.valid_to or today <= code.valid_to) else "ended"


def _missing(area: str, scope: str) -> str:
    return urlencode({"area": area, "scope": scope, "side": "missing"})


def _back(area: str, **asked: str) -> HttpResponse:
    return redirect(f"{reverse('declarations:codes')}?{urlencode({'area': area, **asked})}")
