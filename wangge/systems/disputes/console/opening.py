"""A dispute is registered; a step back from the form never loses what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.engines.cases.enums import Source
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries import Likeness, similar
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.opening import open_dispute, title_of
from ..enums import SYSTEM
from ..forms.opening import DisputeForm, kept
from ..forms.parties import PartyRows, fresh_rows, sent_rows
from .finding import Found, asked_for, find

SAVE = "save"


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.open")
def new(request: HttpRequest) -> HttpResponse:
    """What it is about, and who the parties are. ``do``: save, one more row, or look somebody up."""
    if request.method != "POST":
        return _page(request, DisputeForm(), fresh_rows())
    asked = asked_for(request)
    if asked.do != SAVE:
        form = DisputeForm(initial=kept(request.POST, DisputeForm))
        rows = sent_rows(asked.data, look=False, more=int(asked.do == "more"))
        return _page(request, form, rows, find(request, asked))
    form, rows = DisputeForm(data=request.POST), sent_rows(request.POST, look=True)
    valid = [form.is_valid(), rows.is_valid()]
    if not all(valid):
        return _page(request, form, rows)
    alike = [] if form.cleaned_data["looked"] else _alike(form)
    case = None if alike else _opened(request, form, rows)
    return redirect("cases:show", case.number) if case else _page(request, form, rows, alike=alike)


def _alike(form: DisputeForm) -> list[Likeness]:
    """Open disputes of the community whose title says the same: what was told of them is not compared."""
    told = form.cleaned_data
    if not told["title"].strip() and not told["address"].strip():
        return []
    title = title_of(told["title"], told["kind"], told["address"])
    found = similar(area=told["area"], kind=told["kind"], words=title, place=form.place, system=SYSTEM)
    return [like for like in found if like.case.op != told["op"]]  # sent twice it is itself


def _opened(request: HttpRequest, form: DisputeForm, rows: PartyRows) -> Case | None:
    try:
        matter = form.matter(str(Source.OFFICE))
        case = open_dispute(actor=request.user, matter=matter, about=form.about(), parties=rows.told())
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        return None
    messages.success(request, _("已登记，编号 %(number)s。") % {"number": case.number})
    return case


def _page(
    request: HttpRequest, form: DisputeForm, rows: PartyRows, found: Found | None = None, **more: Any
) -> HttpResponse:
    context = {
        "form": form, "rows": rows, "found": found, "may_find": may(request.user, "person.view"),
    } | more  # fmt: skip
    faulty = form.errors or any(row.errors for row in rows)
    return render(request, "disputes/new.html", context, status=422 if faulty else 200)
