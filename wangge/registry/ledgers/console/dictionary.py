"""Pages of the fact dictionary: what the register may know, why, who sees it and who uses it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Unacceptable, requires

from ..actions.admission import withdraw_field
from ..dictionary import facts
from ..models import AdmittedField
from ..queries import dictionary as queries


@require_GET
@requires("ledger.view")
def dictionary(request: HttpRequest) -> HttpResponse:
    """Every fact; ?q=, ?target= and ?only=admitted narrow the list."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("q", "target", "only")}
    groups = queries.entries(asked["q"], asked["target"], asked["only"])
    context = {
        "groups": groups,
        "asked": asked,
        "number": sum(len(found) for _title, found in groups),
        "targets": queries.TARGETS.items(),
    }
    return render(request, "ledgers/dictionary.html", context)


@require_GET
@requires("ledger.view")
def fact(request: HttpRequest, code: str) -> HttpResponse:
    """One fact."""
    known = facts().get(code)
    if known is None:
        raise Http404
    may_withdraw = access.may(request.user, "field.admit")
    return render(
        request, "ledgers/fact.html", {"page": queries.fact_page(known), "may_withdraw": may_withdraw}
    )


@require_POST
@requires("field.admit")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Stop collecting an admitted field."""
    field = get_object_or_404(AdmittedField, code=code)
    try:
        withdraw_field(actor=request.user, field=field, reason=request.POST.get("reason", "")[:200])
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已停用：以后导入和走访都不再收这一项。"))
    return redirect("ledgers:fact", code=code)
