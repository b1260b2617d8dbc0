"""Who the parties are, changed by who leads the dispute; one value shown in full for a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.engines.cases.models import Case
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.parties import change_parties, stamp
from ..actions.revealing import note_look, reveal_party
from ..forms.parties import PartyRows, fresh_rows, sent_rows
from ..queries.parties import rows_of, told_of
from .asking import handled_of
from .finding import Found, asked_for, find


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.view")
def parties(request: HttpRequest, number: str) -> HttpResponse:
    """The same rows as of a new dispute."""
    case = handled_of(request, number, lead=True)
    note_look(actor=request.user, case=case)
    if request.method != "POST":
        return _page(request, case, fresh_rows(told_of(case)), stamp(case))
    asked, seen, known = asked_for(request), request.POST.get("seen", ""), told_of(case)
    if asked.do != "save":
        rows = sent_rows(asked.data, look=False, more=int(asked.do == "more"), parties=known)
        return _page(request, case, rows, seen, find(request, asked))
    rows = sent_rows(request.POST, look=True, parties=known)
    if not rows.is_valid():
        return _page(request, case, rows, seen)
    try:
        change_parties(actor=request.user, case=case, parties=rows.told(), seen=seen)
    except (Refused, Unacceptable) as why:
        return _page(request, case, rows, seen, error=str(why))
    messages.success(request, _("当事人已保存。"))
    return redirect("cases:show", case.number)


def _page(
    request: HttpRequest, case: Case, rows: PartyRows, seen: str, found: Found | None = None, **more: Any
) -> HttpResponse:
    context = {
        "case": case, "rows": rows, "seen": seen, "found": found,
        "may_find": may(request.user, "person.view", case.area_code),
    } | more  # fmt: skip
    faulty = "error" in more or any(row.errors for row in rows)
    return render(request, "disputes/parties.html", context, status=422 if faulty else 200)


@never_cache
@require_POST
@requires("case.view")
def reveal(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One value in full, after the reason was logged."""
    case = handled_of(request, number)
    party = rows_of(case).select_related("case").filter(pk=pk).first()
    if party is None:
        raise Http404
    field, reason = request.POST.get("field", ""), request.POST.get("reason", "")[:200]
    try:
        value = reveal_party(actor=request.user, party=party, field=field, reason=reason)
    except (Refused, Unacceptable) as why:
        status = 403 if isinstance(why, Refused) else 422
        return render(request, "disputes/_revealed.html", {"error": str(why)}, status=status)
    return render(request, "disputes/_revealed.html", {"value": value})
