"""值班表: a month of a unit, ticked or pasted from a sheet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Unacceptable, requires

from ..actions.units import set_roster
from ..forms.units import month_of
from ..models import Unit
from ..queries.staff import called, month_days, roster_lines, roster_people
from ..reading.roster import read_roster

Chosen = set[tuple[date, int]]


@never_cache
@require_http_methods(["GET", "POST"])
@requires("unit.manage")
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The month; a paste is shown as ticks first and saved like them."""
    unit, month = get_object_or_404(Unit, pk=pk), month_of(request.GET.get("month", ""))
    if request.method != "POST":
        return _page(request, unit, month)
    if request.POST.get("do") == "paste":
        return _pasted(request, unit, month)
    first, last = month_days(month)
    try:
        set_roster(actor=request.user, unit=unit, first=first, last=last, days=_ticked(request, unit, month))
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("值班表已保存。"))
    return redirect(f"{reverse('cases:roster', args=[pk])}?month={month:%Y-%m}")


def _pasted(request: HttpRequest, unit: Unit, month: date) -> HttpResponse:
    """What was pasted, as ticks; nothing is saved. Days that were not pasted stay as they are."""
    text = request.POST.get("text", "")[:20_000]
    read = read_roster(text, month, called(roster_people(unit, month)))
    first, last = month_days(month)
    told = {day for day, _user in read.days}
    held = set(unit.roster.filter(day__range=(first, last)).values_list("day", "user_id"))
    chosen = {(day, user) for day, user in held if day not in told} | set(read.days)
    more: dict[str, Any] = {"faults": read.faults, "text": text, "pasted": len(told)}
    status = 422 if read.faults or not told else 200
    return _page(request, unit, month, chosen, status=status, **more)


def _page(
    request: HttpRequest, unit: Unit, month: date, chosen: Chosen | None = None, **more: Any
) -> HttpResponse:
    before, after = month - timedelta(days=1), month + timedelta(days=32)
    context = {
        "unit": unit, "month": month, "before": before, "after": after,
        "lines": roster_lines(unit, month, chosen), "people": roster_people(unit, month),
    }  # fmt: skip
    return render(request, "cases/roster.html", context | more, status=more.get("status", 200))


def _ticked(request: HttpRequest, unit: Unit, month: date) -> list[tuple[date, User]]:
    """The boxes that are ticked, each "2026-12-01:17"."""
    people = {str(user.pk): user for user in roster_people(unit, month)}
    found = []
    for text in request.POST.getlist("on")[:4000]:
        day, _colon, user = text.partition(":")
        try:
            found.append((date.fromisoformat(day), people[user]))
        except (ValueError, KeyError):
            continue
    return found
