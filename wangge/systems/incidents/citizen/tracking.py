"""A report by its receipt: how it goes, replies, rating, reopening; and what this phone reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from wangge.engines.cases.queries import procedure_of
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.scoping import EVERYWHERE, within

from ..actions import limits
from ..actions.answering import rate as rate_it
from ..actions.answering import reopen as reopen_it
from ..forms.answers import RATINGS, RateForm, ReopenForm
from ..models import Report
from ..queries.progress import lines_for, state_words
from ..queries.reports import case_followed, report_by, reports_of
from .memory import address_of, remembered


@never_cache
@require_safe
def track(request: HttpRequest, receipt: str) -> HttpResponse:
    """How it goes; an unknown receipt gets one and the same answer."""
    with within(EVERYWHERE):
        report = report_by(receipt)
        return _none(request) if report is None else _page(request, report)


def _page(request: HttpRequest, report: Report, error: str = "", status: int = 200) -> HttpResponse:
    case = case_followed(report)
    procedure, own = procedure_of(case), not report.joined and case.pk == report.case_id
    able = (
        {step.key for step in procedure.steps_from(case.state) if "reporter" in step.roles} if own else set()
    )
    context = {
        "report": report, "case": case, "own": own, "state": state_words(case), "error": error,
        "lines": lines_for(case, own), "place": area_name_path(case.area_code[:12], " "),
        "may_rate": "rate" in able and case.rating is None, "may_reopen": "reopen" in able,
        "ratings": RATINGS, "rated": dict(RATINGS).get(case.rating or 0), "op": str(uuid4()),
        "new": "new" in request.GET, "again": "again" in request.GET,
    }  # fmt: skip
    return render(request, "report/track.html", context, status=status)


@csrf_exempt  # the receipt in the address is the key; no cookie is used
@require_POST
def rate(request: HttpRequest, receipt: str) -> HttpResponse:
    """How content she is."""

    def take(report: Report, form: Any) -> None:
        said = form.cleaned_data
        rate_it(
            report=report,
            op=said["op"],
            rating=said["rating"],
            solved=form.solved_said(),
            words=said["words"],
        )

    return _said(request, receipt, RateForm(request.POST), take, _("谢谢您的评价。"))


@csrf_exempt  # as above
@require_POST
def reopen(request: HttpRequest, receipt: str) -> HttpResponse:
    """没解决，重开."""

    def take(report: Report, form: Any) -> None:
        reopen_it(report=report, op=form.cleaned_data["op"], words=form.cleaned_data["words"])

    return _said(request, receipt, ReopenForm(request.POST), take, _("已经重开，会重新安排处理。"))


def _said(
    request: HttpRequest, receipt: str, form: forms.Form, take: Callable[[Report, Any], None], thanks: str
) -> HttpResponse:
    with within(EVERYWHERE):
        report = report_by(receipt)
        if report is None:
            return _none(request)
        try:
            if not form.is_valid():
                raise Unacceptable(str(next(iter(form.errors.values()))[0]))
            take(report, form)
        except Unacceptable as why:
            return _page(request, report, str(why), 422)
    messages.success(request, thanks)
    return redirect("report:track", receipt)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What was sent from this phone; ``?receipt=`` leads to one."""
    typed = "".join(
        letter for letter in request.GET.get("receipt", "") if letter.isascii() and letter.isalnum()
    )
    if typed:
        return redirect("report:track", typed[:40])
    with within(EVERYWHERE):
        rows = [(report, state_words(case_followed(report))) for report in reports_of(remembered(request))]
        return render(request, "report/mine.html", {"rows": rows, "empty": "receipt" in request.GET})


def _none(request: HttpRequest) -> HttpResponse:
    """404 in words; 429 for whoever tries numbers."""
    try:
        limits.count("try", address_of(request))
    except limits.TooMany as refusal:
        answer = render(request, "report/none.html", {"words": refusal.words}, status=429)
        answer["Retry-After"] = str(refusal.retry_after)
        return answer
    return render(request, "report/none.html", status=404)
