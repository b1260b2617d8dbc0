"""The worklist of records that contradict themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.rules import requires

from .. import actions, queries
from ..enums import DiscrepancyState
from ..forms import WorklistForm
from ..models import Discrepancy
from ..rules import ALL, Declined
from .lists import PER_PAGE, page_of
from .person import say
from .proposals import Line, lines_for

STATES = (DiscrepancyState.OPEN, DiscrepancyState.REPAIRED, DiscrepancyState.DISMISSED)


@never_cache
@require_GET
@requires("person.edit")
def discrepancies(request: HttpRequest) -> HttpResponse:
    """Waiting ones with the proposed repair; decided ones on their own tabs, to be taken back."""
    form = WorklistForm(request.GET)
    wanted = form.wanted()
    rows = queries.discrepancies(wanted["state"], area=wanted["area"], rule=wanted["rule"])
    waiting = wanted["state"] == DiscrepancyState.OPEN
    if waiting and wanted["after"]:
        rows = rows.filter(pk__gt=wanted["after"])
    page = page_of(rows[: PER_PAGE + 1])
    lines = lines_for(page["rows"]) if waiting else [Line(row, ALL[row.rule]) for row in page["rows"]]
    context = page | {"lines": lines, "form": form, "state": wanted["state"], "waiting": waiting}
    if not waiting:
        context["next"] = None  # the latest decisions; older ones stand in the trail
    context["states"] = [(state.value, state.label) for state in STATES]
    return render(request, "people/discrepancies.html", context)


def _verb(request: HttpRequest) -> Callable[[Discrepancy], Any] | None:
    reason = request.POST.get("reason", "").strip()[:200]
    verbs: dict[str, Callable[..., Any]] = {
        "repair": actions.repair_discrepancy,
        "dismiss": actions.dismiss_discrepancy,
        "reopen": actions.reopen_discrepancy,
    }
    verb = verbs.get(request.POST.get("what", ""))
    if verb is None:
        return None
    return lambda row: verb(actor=request.user, discrepancy=row, reason=reason)


def _back(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return redirect(address)
    return redirect("people:discrepancies")


@require_POST
@requires("person.edit")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Repair as proposed, say it is no fault, or take that back."""
    row = get_object_or_404(Discrepancy, pk=pk)
    verb = _verb(request)
    if verb is None:
        messages.error(request, _("请选择怎样处理。"))
        return _back(request)
    try:
        verb(row)
        say(request, _("已处理。"))
    except Declined as why:
        messages.error(request, why.message)
    return _back(request)


@require_POST
@requires("person.edit")
def decide_several(request: HttpRequest) -> HttpResponse:
    """The same for those that were ticked; each by itself, so that one refusal does not stop the others."""
    verb = _verb(request)
    keys = [int(pk) for pk in request.POST.getlist("row") if pk.isdecimal() and len(pk) < 19][:PER_PAGE]
    rows = list(Discrepancy.objects.filter(pk__in=keys).order_by("pk"))
    if verb is None or not rows:
        messages.error(request, _("请先勾选，再选择怎样处理。"))
        return _back(request)
    refused: list[str] = []
    for row in rows:
        try:
            verb(row)
        except Declined as why:
            refused.append(why.message)
    done = len(rows) - len(refused)
    if done:
        say(request, _("已处理 %(count)d 条。") % {"count": done})
    for message in dict.fromkeys(refused):
        count = refused.count(message)
        messages.warning(request, _("%(count)d 条没有处理：%(why)s") % {"count": count, "why": message})
    return _back(request)
