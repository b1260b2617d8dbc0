"""One problem: where it stands, what came of it, and what the reader may do with it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.engines.cases.actions import Stale, take_step
from wangge.engines.cases.forms.steps import StepForm
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.engines.cases.queries.shown import clock_lines, photo_digests
from wangge.engines.cases.queries.worklist import case_numbered, steps_for
from wangge.engines.cases.reading.procedure import Step as Rule
from wangge.foundation.access.actions import note_reading
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.photos.models import Photo
from wangge.foundation.photos.queries import content_of
from wangge.lib.pictures import TYPES

from ..models import Problem
from ..queries import problems
from ..queries.places import name_of
from ..rules import SEES


def problem_or_404(number: str) -> Problem:
    """One in reach.

    Raises:
        Http404: there is none.
    """
    found = problems.problem_numbered(number)
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
@requires(*SEES)
def problem(request: HttpRequest, number: str) -> HttpResponse:
    """Its page, for who has no workbench: the leader confirms here."""
    return _page(request, problem_or_404(number))


def _page(request: HttpRequest, row: Problem, *, status: int = 200, **more: Any) -> HttpResponse:
    case, tried = row.case, more.get("tried")
    note_reading(actor=request.user, subject=case)
    procedure = procedure_of(case)
    rules = [rule for rule in steps_for(request.user, case) if "case" not in rule.needs]
    context: dict[str, Any] = {
        "problem": row, "case": case, "line": problems.lines_of([row], request.user)[0],
        "where": name_of(row.stop), "tour": row.stop.tour, "steps": problems.history_of(case),
        "clocks": clock_lines(case, procedure, timezone.now()),
        "forms": [
            tried if tried is not None and tried.rule.key == rule.key
            else StepForm(rule, procedure, case, request.user)
            for rule in rules
        ],
        "step_action": reverse("tours:take", args=[case.number]),
        "on_workbench": may(request.user, "case.view", case.area_code),
    }  # fmt: skip
    return render(request, "tours/problem.html", context | more, status=status)


@require_POST
@requires(*SEES)
def take(request: HttpRequest, number: str) -> HttpResponse:
    """One step, such as confirming that it is done; back to the tour. Sent twice it is taken once."""
    row = problem_or_404(number)
    case = row.case
    rule = _rule(request, case)
    form = StepForm(rule, procedure_of(case), case, request.user, data=request.POST, files=request.FILES)
    if not (form.is_valid() and form.keep_photos(request.user, case.area_code)):
        return _page(request, row, status=422, tried=form)
    try:
        take_step(actor=request.user, case=case, wish=form.wish())
    except (Refused, Unacceptable) as why:
        return _again(request, row, form, why)
    messages.success(request, _("已记下“%(step)s”。") % {"step": rule.label})
    return redirect(f"{reverse('tours:tour', args=[row.stop.tour_id])}#p-{case.number}")


def _rule(request: HttpRequest, case: Case) -> Rule:
    """The step that is wanted, of a case the reader may act on.

    Raises:
        Http404: no such step. Refused: the case is somebody else's to act on.
    """
    if case_numbered(request.user, case.number) is None:
        raise Refused(_("这件事由别人交办，您只能看进展。"))
    key = request.POST.get("step", "")
    found = next((step for step in procedure_of(case).steps if step.key == key), None)
    if found is None or "case" in found.needs:
        raise Http404
    return found


def _again(request: HttpRequest, row: Problem, form: StepForm, why: Exception) -> HttpResponse:
    """The page as it is now, with the reason and what was typed."""
    case = row.case
    case.refresh_from_db()
    op = form.cleaned_data["op"]
    op = uuid4() if case.steps.filter(op=op).exists() else op
    fresh = StepForm(form.rule, procedure_of(case), case, request.user, data=form.again(case.version, op))
    fresh.digests = form.digests
    status = 403 if isinstance(why, Refused) else 409 if isinstance(why, Stale) else 422
    return _page(request, row, status=status, tried=fresh, why=str(why))


@never_cache
@require_GET
@requires(*SEES)
def photo(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """A photo that one of its steps names."""
    row = problem_or_404(number)
    found = Photo._base_manager.filter(digest=digest).exclude(complete_at=None).exclude(content="").first()
    if found is None or digest not in photo_digests(row.case):
        raise Http404
    note_reading(actor=request.user, subject=found)
    return HttpResponse(content_of(found), content_type=TYPES[found.kind])
