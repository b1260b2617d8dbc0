"""The desk: requests with their clocks, one of them, its answer on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.lib.masking import mask_name
from wangge.registry.people.enums import Source

from .. import actions
from ..enums import State
from ..forms import AnswerForm, ExtendForm
from ..models import RightsRequest
from ..queries import requests as queries

PER_PAGE = 30


@never_cache
@require_GET
@requires("rights.answer")
def listing(request: HttpRequest) -> HttpResponse:
    """The requests of one tab; those whose clock has run out stand first, in red."""
    asked = request.GET.get("view", "")
    view = asked if asked in queries.VIEWS else "open"
    found = queries.requests_for_desk(view).select_related("person")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({row.area_code for row in page})
    lines = [
        (row, queries.clock_of(row), queries.days_left(row), names.get(row.area_code, row.area_code),
         mask_name(row.person.name) if row.person else "")
        for row in page
    ]  # fmt: skip
    late = queries.requests_for_desk("overdue").count()
    return render(request, "rights/list.html", {"page": page, "lines": lines, "view": view, "late": late})


def _in_reach(pk: int) -> RightsRequest:
    return get_object_or_404(RightsRequest.objects.select_related("person", "by"), pk=pk)


@never_cache
@require_GET
@requires("rights.answer")
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """One request; that somebody read it is written down for her."""
    return _show(request, _in_reach(pk))


def _show(
    request: HttpRequest, row: RightsRequest, form: AnswerForm | None = None, more: ExtendForm | None = None
) -> HttpResponse:
    access.note_reading(actor=request.user, subject=row.person or row)
    asked = queries.opened(row)
    context: dict[str, Any] = {
        "row": row,
        "asked": asked,
        "clock": queries.clock_of(row),
        "left": queries.days_left(row),
        "place": territory.area_name_path(row.area_code),
        "form": form or AnswerForm(asked=asked, initial={"fields_done": _free(asked)}),
        "extend": more or ExtendForm(),
        "open": row.state == State.OPEN,
    }
    faulty = any(each is not None and each.errors for each in (form, more))
    return render(request, "rights/request.html", context, status=422 if faulty else 200)


def _free(asked: queries.Asked) -> list[str]:
    return [name for name, _label, kept in asked.fields if not kept]


@never_cache
@require_POST
@requires("rights.answer")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer: what is ticked is done in the same moment."""
    row = _in_reach(pk)
    form = AnswerForm(request.POST, asked=queries.opened(row))
    if not form.is_valid():
        return _show(request, row, form)
    given = form.cleaned_data
    try:
        actions.answer(
            actor=request.user, request=row, state=given["state"], text=given["text"],
            ground=given["ground"], fields=given["fields_done"], source=given["source"] or Source.CERTIFICATE,
        )  # fmt: skip
    except actions.Unfit as why:
        form.add_error(None, str(why))
        return _show(request, row, form)
    messages.success(request, _("已答复，本人会收到短信通知。"))
    return redirect("rights:request", pk)


@never_cache
@require_POST
@requires("rights.answer")
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More time, once, with the reason."""
    row = _in_reach(pk)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return _show(request, row, more=form)
    try:
        actions.extend(actor=request.user, request=row, **form.cleaned_data)
        messages.success(request, _("期限已延长，理由会告诉本人。"))
    except actions.Unfit as why:
        messages.error(request, str(why))
    return redirect("rights:request", pk)


@never_cache
@require_GET
@requires("rights.answer")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer on paper, for somebody who cannot read it on a phone."""
    row = _in_reach(pk)
    access.note_reading(actor=request.user, subject=row.person or row)
    context = {"row": row, "asked": queries.opened(row), "place": territory.area_name_path(row.area_code)}
    return render(request, "rights/paper.html", context)
