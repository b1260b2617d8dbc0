"""Registering what is told at the window or by phone; similar open cases are shown first."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries import Likeness, similar
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.photos import keep_all
from ..actions.registering import Entry, join, register
from ..forms.register import RegisterForm
from ..kinds import EVENT
from ..queries.listing import address_of, lines_of


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.open")
def new(request: HttpRequest) -> HttpResponse:
    """The form; what is like it; the case."""
    if request.method != "POST":
        first = {"op": uuid4(), "system": request.GET.get("system", EVENT), "source": "office"}
        return _page(request, RegisterForm(initial=first))
    form = RegisterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    alike = [] if form.cleaned_data["looked"] else _alike(form.cleaned_data)
    if alike:
        return _page(request, form, alike)
    try:
        case = register(actor=request.user, entry=_entry(request.user, form.cleaned_data))
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        return _page(request, form, status=422)
    told = {"number": case.number, "receipt": case.receipt}
    messages.success(request, _("已登记，编号 %(number)s，给反映人的回执号 %(receipt)s。") % told)
    return redirect(address_of(case) or "incidents:list")


@require_POST
@requires("case.open")
def join_case(request: HttpRequest, number: str) -> HttpResponse:
    """What was told is this case: one more follows it."""
    case, form = get_object_or_404(Case, number=number), RegisterForm(request.POST)
    form.is_valid()
    told = form.cleaned_data
    try:
        op = told.get("op") or uuid4()
        given = {name: told.get(name, "") for name in ("name", "phone")}
        report = join(actor=request.user, case=case, op=UUID(str(op)), **given)
    except (Refused, Unacceptable) as why:
        messages.error(request, str(why))
        return redirect("incidents:new")
    told = {"number": case.number, "receipt": report.receipt}
    messages.success(request, _("已并到 %(number)s，给反映人的回执号 %(receipt)s。") % told)
    return redirect(address_of(case) or "incidents:list")


def _alike(told: dict[str, Any]) -> list[Likeness]:
    return similar(
        area=told["area"], kind=told["kind"], words=told["title"] + told["words"], system=told["system"]
    )


def _entry(actor: Any, told: dict[str, Any]) -> Entry:
    name = actor.get_username()
    contents = [told["photo"].read()] if told["photo"] else []
    given = {key: told[key] for key in Entry.__dataclass_fields__ if key in told}
    return Entry(**given, photos=keep_all(actor=name, contents=contents, area=told["area"]))


def _page(
    request: HttpRequest, form: RegisterForm, alike: list[Likeness] | None = None, status: int = 200
) -> HttpResponse:
    lines = lines_of([each.case for each in alike or []])
    return render(
        request,
        "incidents/new.html",
        {"form": form, "alike": lines, "may_import": may(request.user, "ledger.import")},
        status=status,
    )
