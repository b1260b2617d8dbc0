"""What is done on a whistle's page: approving, one more unit, reporting in, judging."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.engines.cases.actions import Stale
from wangge.engines.cases.console.case import page
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.calling import approve as approve_whistle
from ..actions.calling import call_one_more
from ..actions.hinting import put_aside
from ..actions.reporting import far_words, report_in
from ..actions.scoring import score_call
from ..enums import What
from ..forms.blowing import ApproveForm, OneMoreForm
from ..forms.reporting import ReportForm, ScoreForm
from ..models import Hint
from ..queries.terms import bound
from .asking import call_or_404, whistle_or_404


@require_POST
@requires("case.view")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """The street or the district approves; units are called."""
    row = whistle_or_404(request.user, number)
    form = ApproveForm(row, request.POST)
    if not form.is_valid():
        return page(request, row.case, status=422)
    try:
        approve_whistle(actor=request.user, case=row.case, told=form.told())
    except (Refused, Unacceptable) as why:
        return _again(request, row.case, why)
    return _done(request, row.case, _("已批准，各单位的时限从现在起算。"))


@require_POST
@requires("case.view")
def one_more(request: HttpRequest, number: str) -> HttpResponse:
    """One more unit is called."""
    row = whistle_or_404(request.user, number)
    form = OneMoreForm(row, request.POST)
    if not form.is_valid():
        return page(request, row.case, status=422)
    told = form.cleaned_data
    try:
        call_one_more(actor=request.user, case=row.case, op=told["op"], unit=form.chosen, words=told["words"])
    except (Refused, Unacceptable) as why:
        return _again(request, row.case, why)
    return _done(request, row.case, _("已叫“%(unit)s”。") % {"unit": form.chosen.name})


@require_POST
@requires("case.view")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit beside the lead signs, contacts, arrives or sends it back."""
    call = call_or_404(request.user, pk)
    what = request.POST.get("what", "")
    form = ReportForm(call, what if what in What.values else str(What.SIGN), request.POST)
    if not form.is_valid():
        return page(request, call.whistle.case, status=422, why=_words_of(form))
    try:
        call = report_in(actor=request.user, call=call, told=form.told())
    except (Refused, Unacceptable) as why:
        return _again(request, call.whistle.case, why)
    far = far_words(call, bound("whistle.far_metres").number) if what == What.ARRIVE else ""
    if far:
        messages.warning(request, far)
    return _done(request, call.whistle.case, _("已记下“%(step)s”。") % {"step": form.label})


@require_POST
@requires("case.view")
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit is judged."""
    call = call_or_404(request.user, pk)
    form = ScoreForm(call, request.POST)
    if not form.is_valid():
        return page(request, call.whistle.case, status=422, why=_("响应、态度、结果各打 1 到 5 分。"))
    try:
        score_call(actor=request.user, call=call, given=form.given())
    except (Refused, Unacceptable) as why:
        return _again(request, call.whistle.case, why)
    return _done(request, call.whistle.case, _("已评价“%(unit)s”。") % {"unit": call.unit.name})


@require_POST
@requires("campaign.manage")
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """What the field asked for is put aside, with the reason."""
    hint = get_object_or_404(Hint.objects.all(), pk=pk)
    try:
        put_aside(actor=request.user, hint=hint, reason=request.POST.get("reason", ""))
        messages.success(request, _("已记下不吹哨的原因。"))
    except Unacceptable as why:
        messages.error(request, str(why))
    return redirect("whistles:list")


def _words_of(form: Any) -> str:
    return "".join(str(error) for errors in form.errors.values() for error in errors)


def _done(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("cases:show", case.number)


def _again(request: HttpRequest, case: Case, why: Exception) -> HttpResponse:
    """The page as it is now, with the reason."""
    case.refresh_from_db()
    stale = isinstance(why, Stale)
    status = 403 if isinstance(why, Refused) else 409 if stale else 422
    return page(request, case, status=status, why=str(why), stale=stale)
