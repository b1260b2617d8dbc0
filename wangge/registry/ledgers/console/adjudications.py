"""Pairs the matcher was not sure of: two columns, one question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.registry.people.actions import Declined

from .. import actions
from ..enums import CaseState
from ..models import Case
from ..queries import adjudications as queries

PER_PAGE = 30
JUST = "decided"  # in an address: the pairs the last click decided


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
    context = {"page": page, "lines": lines, "decided": decided, "batch": batch, "just": _just(request)}
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
        "just": _just(request),
    }
    return render(request, "ledgers/adjudication.html", context)


def _just(request: HttpRequest) -> list[Case]:
    """The pairs decided by the click before this page, as far as that can be taken back."""
    return queries.undoable(_keys(request.GET.get(JUST, "").split("-")))


def _keys(given: Iterable[str]) -> list[int]:
    return [int(key) for key in given if key.isdecimal() and len(key) < 19][:PER_PAGE]


@require_POST
@requires("person.merge")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Same or not the same; then the next pair, beside a button that takes it back."""
    case = get_object_or_404(Case.objects.select_related("person"), pk=pk)
    answer = request.POST.get("same")
    if answer not in ("yes", "no"):
        return _ask_again(request, reverse("ledgers:adjudication", args=[pk]))
    following = queries.next_case(case)
    if case.state != CaseState.OPEN:
        messages.info(request, _("这一对已经由别人裁定过。"))
    else:
        actions.settle_case(actor=request.user, case=case, same=answer == "yes")
    return _onward(following if following != case.pk else None, [pk])


def _onward(following: int | None, decided: Iterable[int]) -> HttpResponse:
    """The next pair, or the list when none is left."""
    page = (
        reverse("ledgers:adjudication", args=[following]) if following else reverse("ledgers:adjudications")
    )
    return redirect(f"{page}?{JUST}={'-'.join(map(str, decided))}")


def _ask_again(request: HttpRequest, address: str) -> HttpResponse:
    messages.error(request, _("请先勾选，再说是不是同一人。"))
    return redirect(address)


@require_POST
@requires("person.merge")
def settle_many(request: HttpRequest) -> HttpResponse:
    """The same answer for several pairs that were ticked."""
    answer, wanted = request.POST.get("same"), _keys(request.POST.getlist("case"))
    if answer not in ("yes", "no") or not wanted:
        return _ask_again(request, reverse("ledgers:adjudications"))
    cases = list(Case.objects.filter(pk__in=wanted, state=CaseState.OPEN).order_by("-score", "pk"))
    for case in cases:
        actions.settle_case(actor=request.user, case=case, same=answer == "yes")
    return _onward(None, [case.pk for case in cases])


@require_POST
@requires("person.merge")
def undo(request: HttpRequest) -> HttpResponse:
    """Take one decision back, or all of the click before, the last one first."""
    cases = list(
        Case.objects.filter(pk__in=_keys(request.POST.getlist("case"))).order_by("-decided_at", "-pk")
    )
    if not cases:
        raise Http404
    try:
        actions.reopen_cases(actor=request.user, cases=cases)
    except Declined as why:
        messages.error(request, why.message)
        return redirect(*_instead(cases, why))
    messages.success(request, _("已撤销 %(count)d 对的裁定，又在待裁定里了。") % {"count": len(cases)})
    one = len(cases) == 1
    return redirect("ledgers:adjudication", cases[0].pk) if one else redirect("ledgers:adjudications")


def _instead(cases: list[Case], why: Declined) -> tuple[Any, ...]:
    """Where to go when there is no step back: two people that have grown apart can be merged."""
    one = cases[0]
    if len(cases) > 1:
        return (f"{reverse('ledgers:adjudications')}?state=decided",)
    if why.code == "grown" and one.result_id:
        return "people:merge", one.person_id, one.result_id
    return "ledgers:adjudication", one.pk
