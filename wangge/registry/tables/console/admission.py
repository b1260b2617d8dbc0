"""Pages of admission (准入, S177): what waits, a request's new columns, the decision on one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path

from ..actions import admission as actions
from ..actions.columns import propose_column
from ..forms.admission import AdmitForm, DeclineForm, MapForm
from ..models import NewColumn, TableRequest
from ..queries import admission as queries


@require_GET
@requires("field.admit")
def admissions(request: HttpRequest) -> HttpResponse:
    """Requests and forms with columns or questions that wait for a decision."""
    context = {"rows": queries.waiting_requests()[:200], "questions": queries.waiting_questions()[:200]}
    return render(request, "tables/admissions.html", context)


@require_GET
@requires("ledger.export", "field.admit")
def admission(request: HttpRequest, pk: int) -> HttpResponse:
    """A request's columns: known, computed, new, and what was decided about the new ones."""
    asked = get_object_or_404(TableRequest, pk=pk)
    context = {
        "page": queries.admission_of(asked),
        "asked": asked,
        "area_path": area_name_path(asked.area_code),
        "left_empty": queries.left_empty(asked),
        "may_admit": access.may(request.user, "field.admit", asked.area_code),
    }
    return render(request, "tables/admission.html", context)


@require_POST
@requires("ledger.export")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A column that was left empty is put to the district after all."""
    asked = get_object_or_404(TableRequest, pk=pk)
    return _told(
        request,
        asked.pk,
        lambda: propose_column(actor=request.user, request=asked, header=request.POST.get("header", "")),
        _("已提交，等区里裁定。"),
    )


@require_http_methods(["GET", "POST"])
@requires("field.admit")
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """One new column: admit it as a field; the other two decisions stand beside."""
    shown = _column(pk)
    form = AdmitForm(request.POST) if request.method == "POST" else AdmitForm.for_column(shown)
    if request.method == "POST" and form.is_valid():
        try:
            field = actions.admit_column(actor=request.user, column=shown, **form.field())
        except Unacceptable as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request, _("“%(name)s”已准入，导入、报表和走访都认得它了。") % {"name": field.name}
            )
            return _back(shown.request_id)
    return _shown(request, shown, form)


def _shown(request: HttpRequest, shown: NewColumn, form: AdmitForm) -> HttpResponse:
    context = {"column": shown, "form": form, "map": MapForm(), "decline": DeclineForm()}
    return render(request, "tables/column.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("field.admit")
def map_to(request: HttpRequest, pk: int) -> HttpResponse:
    """A column is a known fact by another name."""
    shown, fact = _column(pk), request.POST.get("fact", "")
    return _told(
        request,
        shown.request_id,
        lambda: actions.map_column(actor=request.user, column=shown, fact=fact),
        _("已对应，以后都认得这个列名。"),
    )


@require_POST
@requires("field.admit")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """A column is not admitted."""
    shown, reason = _column(pk), request.POST.get("reason", "")
    return _told(
        request,
        shown.request_id,
        lambda: actions.decline_column(actor=request.user, column=shown, reason=reason),
        _("已记下不予准入，要表的人能看到理由。"),
    )


def _column(pk: int) -> NewColumn:
    return get_object_or_404(NewColumn.objects.select_related("request"), pk=pk)


def _told(request: HttpRequest, asked: int | None, act: Callable[[], Any], said: str) -> HttpResponse:
    """Act, say what came of it, and go back to the request."""
    try:
        act()
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return _back(asked)


def _back(asked: int | None) -> HttpResponse:
    """To the table's columns, or from a form's question to what else waits."""
    return redirect("tables:admission", asked) if asked else redirect("tables:admissions")
