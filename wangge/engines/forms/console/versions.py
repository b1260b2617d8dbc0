"""Pages of the forms: the list, a workbook coming in, a version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path

from .. import actions, queries
from ..enums import Standing
from ..forms import UploadForm
from ..models import Form, FormVersion
from ..queries.standing import standings

MOST = 200  # rows of a list


@require_GET
@requires("form.manage")
def listing(request: HttpRequest) -> HttpResponse:
    """The forms of one's areas and of the areas above."""
    shown = list(queries.forms()[:MOST])
    newest, answers = queries.newest_versions(shown), queries.answers_to(shown)
    rows = [(form, newest[form.pk], answers.get(form.pk, 0)) for form in shown if form.pk in newest]
    return render(request, "forms/list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires("form.manage")
def upload(request: HttpRequest) -> HttpResponse:
    """A workbook comes in: a draft, or everything that is wrong in it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["workbook"].read()
        try:
            area = access.home_of(request.user, "form.manage")
            version = actions.upload_form(actor=request.user, area_code=area, content=content)
        except actions.Refused as why:
            faults = why.faults
        except Unacceptable as why:
            form.add_error("workbook", str(why))
        else:
            return redirect("forms:version", version.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "forms/upload.html", {"form": form, "faults": faults}, status=status)


@require_GET
@requires("form.manage")
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its questions, what was decided about each, what keeps it from being published."""
    row = get_object_or_404(FormVersion.objects.select_related("form").defer(*queries.LARGE), pk=pk)
    stood = standings(row)
    context = {
        "version": row,
        "questions": stood,
        "open": [(number, each) for number, each in enumerate(stood, start=1) if each.open],
        "undecided": [each for each in stood if each.standing == Standing.UNDECIDED],
        "proposals": [each for each in stood if each.standing == Standing.UNDECIDED and each.proposed_name],
        "others": queries.versions_of(row.form),
        "facts": queries.fact_names(),
        "place": area_name_path(row.form.area_code),
        "mine": access.may(request.user, "form.manage", row.form.area_code),
        "answers": row.submissions.count(),
    }
    return render(request, "forms/version.html", context)


@require_POST
@requires("form.manage")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The version is given out from now on."""
    row = _own(request, pk)
    try:
        actions.publish_version(actor=request.user, version=row)
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已发布。手机下次刷新表单时就能填。"))
    return redirect("forms:version", pk)


@require_POST
@requires("form.manage")
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """The form is given out no more."""
    row = _own(request, pk)
    actions.retire_form(actor=request.user, form=row.form)
    messages.success(request, _("已停用。收到的答案都还在；需要时可以再发布。"))
    return redirect("forms:version", pk)


@require_POST
@requires("form.manage")
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """What one question is, or all that are open: a fact, the form's own, or for the district to admit."""
    row = _own(request, pk)
    try:
        if said := _decided(request, row):
            messages.success(request, said)
    except Unacceptable as why:
        messages.error(request, str(why))
    return redirect("forms:version", pk)


def _decided(request: HttpRequest, row: FormVersion) -> str:
    told: dict[str, Any] = {"actor": request.user, "version": row}
    path, decide = request.POST.get("path", ""), request.POST.get("decide", "")
    if decide == "proposals":
        return _("已按题目文字对应 %(n)d 道题，请核对。") % {"n": actions.accept_proposals(**told)}
    if decide == "rest":
        return _("%(n)d 道题的答案只留在表单里。") % {"n": actions.keep_in_form(**told)}
    if decide == "own":
        actions.keep_in_form(**told, paths=[path])
    elif decide == "admit":
        asked = actions.ask_admission(**told, path=path)
        return _("区里的意见：%(said)s。") % {"said": asked.label}
    else:
        actions.bind_fact(**told, path=path, fact=request.POST.get("fact", ""))
    return ""


def _own(request: HttpRequest, pk: int) -> FormVersion:
    """A version that the caller may change; a form of an area above is only read."""
    row = get_object_or_404(FormVersion.objects.select_related("form"), pk=pk)
    get_object_or_404(Form.objects.filter(Form.own_filter()), pk=row.form_id)
    return row
