"""粤居码: who is due and who is late, one tap to mark guidance, the rate by area, a list compared."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.lib.figures import within_area
from wangge.registry.people.models import Person
from wangge.registry.people.rules import Declined

from ..actions.residence import mark_code
from ..actions.residence_list import compare_list
from ..enums import MARKED, ListSays
from ..forms.residence import ListForm, MarkForm
from ..models import Exchange
from ..queries import residence
from ..queries.indicators_table import table_of
from ..queries.profile import profile_on
from ..queries.worklist import capped
from ..queries.worklist import lines_of as declared_lines
from .declarations import areas_for
from .declarations_rates import area_of, as_workbook, where

PER_PAGE = 30


@never_cache
@require_GET
@requires("declaration.view")
def residents(request: HttpRequest) -> HttpResponse:
    """The residents of one tab, who must be asked first on top."""
    area = area_of(request)
    view = request.GET.get("view", "") if request.GET.get("view") in residence.VIEWS else "overdue"
    exchange, says = request.GET.get("exchange", ""), request.GET.get("says", "")
    of_list = exchange.isdecimal() and len(exchange) < 19 and says in ListSays.values
    found = residence.flagged(int(exchange), says) if of_list else residence.VIEWS[view]()
    rows = within_area(found, area).select_related("person", "room__building")
    page = Paginator(rows.order_by("valid_from", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    lines = residence.lines_of(page)
    waiting = within_area(residence.unregistered(), area)
    context = {
        "view": "" if of_list else view, "area": area, "page": page, "lines": lines, "areas": areas_for(),
        "tabs": [(name, capped(within_area(find(), area))) for name, find in residence.VIEWS.items()],
        "statuses": [(each.value, each.label) for each in MARKED],
        "kept": urlencode({"view": view, "area": area, "page": page.number}),
        "profile": profile_on(), "unregistered": declared_lines(waiting[:PER_PAGE]),
        "unregistered_count": capped(waiting),
        "may_mark": may(request.user, "declaration.verify"),
        "may_compare": may(request.user, "ledger.import"),
    }  # fmt: skip
    return render(request, "declarations/residence.html", context)


@require_POST
@requires("declaration.verify")
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: guided, or a status with its day."""
    person, form = get_object_or_404(Person, pk=pk), MarkForm(request.POST)
    back = f"{reverse('declarations:residence')}?{_kept(request)}"
    if not form.is_valid():
        messages.error(request, _("请检查状态和日期。"))
        return redirect(back)
    access.note_reading(actor=request.user, subject=person)
    try:
        _mark, outcome = mark_code(actor=request.user, person=person, **form.mark())
    except Declined as why:
        messages.error(request, why.message)
        return redirect(back)
    if outcome.contradicted:
        messages.warning(request, _("与更可信的来源不一致，两种说法都已保留，请核实。"))
    else:
        messages.success(request, _("已标记。"))
    return redirect(back)


def _kept(request: HttpRequest) -> str:
    return urlencode({name: request.GET[name] for name in ("view", "area", "page") if request.GET.get(name)})


@require_GET
@requires("area.view")
def residence_rates(request: HttpRequest) -> HttpResponse:
    """粤居码率 by area."""
    area = area_of(request)
    context = {
        "table": table_of(residence.now_only(), area, [residence.RATE]), "area": area, "where": where(area),
        "may_open": may(request.user, "declaration.view"), "rows_route": "declarations:residence_rows",
    }  # fmt: skip
    return render(request, "declarations/residence_rates.html", context)


@require_GET
@requires("area.view")
def residence_export(request: HttpRequest) -> HttpResponse:
    """The same table as a workbook."""
    area, day = area_of(request), residence.now_only()
    name = f"粤居码率_{day.until.isoformat()}.xlsx"
    return as_workbook(table_of(day, area, [residence.RATE]), where(area), name)


@never_cache
@require_GET
@requires("declaration.view")
def residence_rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """The people behind one number of the rate: the same list under its tab."""
    if code not in residence.BY_CODE or side not in ("part", "whole"):
        raise Http404
    query = {"view": "confirmed" if side == "part" else "all", "area": area_of(request)}
    return redirect(f"{reverse('declarations:residence')}?{urlencode(query)}")


@never_cache
@require_http_methods(["GET", "POST"])
@requires("ledger.import")
def residence_list(request: HttpRequest) -> HttpResponse:
    """Compare a list of the police; the exchanges so far, with purpose, who and counts."""
    area = area_of(request)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and area and form.is_valid():
        given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("purpose", "basis")}
        given["complete"] = bool(request.POST.get("complete"))
        try:
            made = compare_list(actor=request.user, area=area, rows=form.rows(), **given)
        except forms.ValidationError as wrong:
            form.add_error("file", wrong)
        except Declined as why:
            form.add_error(None, why.message)
        else:
            messages.success(request, _("比对完成：不一致 %(differs)d 人。") % made.counts)
            return redirect(f"{reverse('declarations:residence_list')}?area={area}")
    context: dict[str, Any] = {
        "form": form, "complete": bool(request.POST.get("complete")), "area": area, "areas": areas_for(),
        "exchanges": Exchange.objects.order_by("-pk")[:50],
    }  # fmt: skip
    return render(request, "declarations/residence_list.html", context)
