"""回访, written down."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.engines.cases.actions import Stale
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.worklist import steps_for
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.follow_ups import STEPS, follow_up
from ..actions.revealing import note_look
from ..forms.follow_up import FollowForm
from ..queries.agreements import terms_in_force
from ..queries.parties import lines_of
from ..queries.record import TermLine, agreement_lines
from .asking import handled_of


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.view")
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Term by term, and what comes of it."""
    case = handled_of(request, number)
    note_look(actor=request.user, case=case)
    posted, status = request.method == "POST", 200
    steps = [(rule.key, rule.label) for rule in steps_for(request.user, case) if rule.key in STEPS]
    asked = request.GET.get("step", "")
    form = FollowForm(case, _terms(case), steps, request.POST if posted else None, asked)
    if posted and form.is_valid():
        try:
            follow_up(actor=request.user, case=case, told=form.told(), seen=form.cleaned_data["seen"])
        except (Refused, Unacceptable) as why:
            form.add_error(None, str(why))
            status = 403 if isinstance(why, Refused) else 409 if isinstance(why, Stale) else 422
        else:
            messages.success(request, _("回访已记下。"))
            return redirect("cases:show", case.number)
    case.refresh_from_db()
    status = 422 if status == 200 and form.errors else status
    context = {
        "case": case,
        "form": form,
        "stale": status == 409,
        "fresh": case.version,
        "ready": bool(steps),
    }
    return render(request, "disputes/follow.html", context, status=status)


def _terms(case: Case) -> list[TermLine]:
    called = {line.party.number: line.called for line in lines_of(case, clear=True)}
    wanted = {term.pk for term in terms_in_force(case)}
    lines = agreement_lines(case, called, clear=True)
    return [term for line in lines for term in line.terms if term.term.pk in wanted]
