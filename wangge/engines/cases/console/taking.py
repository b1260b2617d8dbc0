"""A step is taken from the page of its case; what was typed is never lost."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions import Stale, merge_case, take_step
from ..forms.steps import StepForm
from ..kinds import confidential, pages_of
from ..models import Case, Step
from ..queries.listing.lines import address_of
from ..queries.procedures import procedure_of
from ..queries.worklist import case_numbered
from ..reading.procedure import Step as Rule
from .case import page
from .finding import case_or_404


@require_POST
@requires("case.view")
def take(request: HttpRequest, number: str) -> HttpResponse:
    """One step. Sent twice it is taken once; behind somebody else's step it is shown on top of that one."""
    case = case_or_404(request, number)
    rule = _rule(case, request.POST.get("step", ""))
    if rule is None:
        messages.error(request, _("规程里没有这一步。"))
        return redirect(address_of(case))
    if rule.key in pages_of(case):
        return redirect(pages_of(case)[rule.key], case.number)
    form = StepForm(rule, procedure_of(case), case, request.user, data=request.POST, files=request.FILES)
    # photos of a confidential case lie in no area: its page alone shows them
    area = case.area_code if confidential(case) is None else ""
    if not (form.is_valid() and form.keep_photos(request.user, area)):
        return page(request, case, status=422, tried=form)
    try:
        step = _taken(request, case, form)
    except (Refused, Unacceptable) as why:
        return _again(request, case, form, why)
    messages.success(request, _("已记下“%(step)s”。") % {"step": rule.label})
    return redirect(f"{_address(request, case)}#step-{step.number}")


def _rule(case: Case, key: str) -> Rule | None:
    return next((step for step in procedure_of(case).steps if step.key == key), None)


def _taken(request: HttpRequest, case: Case, form: StepForm) -> Step:
    act = merge_case if "case" in form.rule.needs else take_step
    return act(actor=request.user, case=case, wish=form.wish())


def _address(request: HttpRequest, case: Case) -> str:
    """Where the case is seen now: it may have left what she sees."""
    case.refresh_from_db()
    return address_of(case) if case_numbered(request.user, case.number) else reverse("cases:workbench")


def _again(request: HttpRequest, case: Case, form: StepForm, why: Exception) -> HttpResponse:
    """The page as it is now, with the reason and everything she had typed."""
    case.refresh_from_db()
    op = form.cleaned_data["op"]
    if case.steps.filter(op=op).exists():  # taken before, with other words
        op = uuid4()
    fresh = StepForm(form.rule, procedure_of(case), case, request.user, data=form.again(case.version, op))
    fresh.digests = form.digests
    stale = isinstance(why, Stale)
    status = 403 if isinstance(why, Refused) else 409 if stale else 422
    return page(request, case, status=status, tried=fresh, why=str(why), stale=stale)
