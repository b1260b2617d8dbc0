"""Pairs the matcher was not sure of: two columns, one question."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from .. import actions
from ..enums import CaseState
from ..models import Case
from ..queries import adjudications as queries

PER_PAGE = 30


@require_GET
@requires("person.merge")
def adjudications(request: HttpRequest) -> HttpResponse:
    """The waiting pairs, the likeliest first; decided ones on their own tab."""
    decided = request.GET.get("state") == "decided"
    batch = request.GET.get("batch", "")
    found = queries.cases(decided=decided, batch=int(batch) if batch.isdigit() and len(batch) < 19 else None)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({case.area_code for case in page})
    lines = [queries.line_of(case, names.get(case.area_code, "")) for case in page]
    context = {"page": page, "lines": lines, "decided": decided, "batch": batch}
    return render(request, "ledgers/adjudications.html", context)


@require_GET
@requires("person.merge")
def adjudication(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair side by side."""
    case = get_object_or_404(Case.objects.select_related("batch", "person"), pk=pk)
    access.note_reading(actor=request.user, subject=case.person)
    context = {
        "case": case,
        "pair": queries.pair_of(case),
        "line": queries.line_of(case, territory.area_name_path(case.area_code)),
        "left": queries.cases().count(),
        "skip": queries.next_case(case),
    }
    return render(request, "ledgers/adjudication.html", context)


@require_POST
@requires("person.merge")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Same or not the same; then the next pair."""
    case = get_object_or_404(Case.objects.select_related("person"), pk=pk)
    answer = request.POST.get("same")
    if answer not in ("yes", "no"):
        return _ask_again(request, reverse("ledgers:adjudication", args=[pk]))
    following = queries.next_case(case)
    if case.state != CaseState.OPEN:
        messages.info(request, _("这一对已经由别人裁定过。"))
    else:
        actions.settle_case(actor=request.user, case=case, same=answer == "yes")
        messages.success(request, _("已记为同一人。") if answer == "yes" else _("已记为不是同一人。"))
    if following is None or following == case.pk:
        return redirect("ledgers:adjudications")
    return redirect(reverse("ledgers:adjudication", args=[following]))


def _ask_again(request: HttpRequest, address: str) -> HttpResponse:
    messages.error(request, _("请先勾选，再说是不是同一人。"))
    return redirect(address)


@require_POST
@requires("person.merge")
def settle_many(request: HttpRequest) -> HttpResponse:
    """The same answer for several pairs that were ticked."""
    answer = request.POST.get("same")
    wanted = [int(pk) for pk in request.POST.getlist("case") if pk.isdigit() and len(pk) < 19]
    if answer not in ("yes", "no") or not wanted:
        return _ask_again(request, reverse("ledgers:adjudications"))
    cases = list(Case.objects.filter(pk__in=wanted, state=CaseState.OPEN).order_by("-score", "pk"))
    for case in cases:
        actions.settle_case(actor=request.user, case=case, same=answer == "yes")
    messages.success(request, _("已裁定 %(count)d 对。") % {"count": len(cases)})
    return redirect("ledgers:adjudications")
