"""Asking for something about her own data, and reading the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Person
from wangge.registry.people.queries import fact_lines

from .. import actions
from ..enums import Kind
from ..forms import AskForm, StrangerForm
from ..queries.requests import days_left, must_keep, opened, own_requests
from .visit import Visit, visiting, whose


@require_http_methods(["GET", "POST"])
@visiting
def ask(request: HttpRequest, visit: Visit, child: int | None = None) -> HttpResponse:
    """Ask for a correction, an erasure or an explanation, for herself or her child."""
    person, guardian = whose(visit, child)
    held = [line.field for line in fact_lines(person)]
    form = AskForm(request.POST or None, held=held, initial={"kind": request.GET.get("kind", Kind.CORRECT)})
    if request.method == "POST" and form.is_valid():
        try:
            made = _take(visit, person, guardian, form)
        except actions.Unfit as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("已收到您的请求。"))
            return redirect("my:request", made.number)
    erased = request.POST.getlist("erase")
    context = {"form": form, "child": child, "person": person, "erased": erased, "kept": must_keep()}
    return render(request, "rights/my_ask.html", context, status=422 if form.errors else 200)


def _take(visit: Visit, person: Person, guardian: Person | None, form: AskForm) -> Any:
    with within(EVERYWHERE):
        area = person.area_code[:12]
    given = form.cleaned_data
    return actions.ask(
        kind=given["kind"], phone=visit.phone, area_code=area, person=person, by=guardian,
        fields=form.fields_asked(), wish=given.get("wish"), said=given["said"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@visiting
def stranger(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Somebody the register did not find, or a guardian it does not know: people look at her papers."""
    form = StrangerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.ask(
                kind=Kind.IDENTITY, phone=visit.phone, area_code=given["area"], said=given["said"],
                asker=given["asker"],
            )  # fmt: skip
        except actions.Unfit as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("已收到您的请求。请带身份证件到社区核对。"))
            return redirect("my:request", made.number)
    return render(request, "rights/my_stranger.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@visiting
def shown(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    """One request of hers: the clock while it runs, then the answer."""
    row = get_object_or_404(own_requests(visit.person, visit.phone_index), number=number)
    context = {"asked": opened(row), "row": row, "left": days_left(row)}
    return render(request, "rights/my_request.html", context)


@require_POST
@visiting
def withdraw(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    """Take a request back."""
    row = get_object_or_404(own_requests(visit.person, visit.phone_index), number=number)
    try:
        actions.withdraw(request=row)
        messages.success(request, _("已撤回。"))
    except actions.Unfit as why:
        messages.error(request, str(why))
    return redirect("my:request", number)
