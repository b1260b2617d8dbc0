"""证据包: the case as one file that proves itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.foundation.access.rules import Unacceptable, requires

from ..actions.bundle import bundle_of
from ..queries.listing.lines import address_of
from .finding import case_or_404


@never_cache
@require_POST
@requires("case.view")
def bundle(request: HttpRequest, number: str) -> HttpResponse:
    """The file; names of those who acted are in it only when a reason was given."""
    case = case_or_404(request, number)
    full, reason = request.POST.get("names") == "1", request.POST.get("reason", "")[:200]
    try:
        made = bundle_of(actor=request.user, case=case, full=full, reason=reason)
    except Unacceptable as why:
        messages.error(request, str(why))
        return redirect(address_of(case))
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, f"{case.number}.zip") or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
