"""One number that is two matters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions import split_case
from ..forms.joining import SplitForm
from ..queries.listing.lines import address_of
from .case import page
from .finding import case_or_404


@require_POST
@requires("case.view")
def split(request: HttpRequest, number: str) -> HttpResponse:
    """A part gets a number of its own; sent twice it is one part."""
    case = case_or_404(request, number)
    form = SplitForm(case, request.POST)
    if not form.is_valid():
        return page(request, case, status=422, split=form)
    try:
        part = split_case(actor=request.user, case=case, matter=form.matter(), words=form.cleaned_data["why"])
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        return page(request, case, status=403 if isinstance(why, Refused) else 422, split=form)
    messages.success(request, _("拆出了 %(number)s。") % {"number": part.number})
    return redirect(address_of(part))
