"""调解一次, written down."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.engines.cases.actions import Stale
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.revealing import note_look
from ..actions.sessions import record_session
from ..forms.session import SessionForm
from ..queries.handlers import able, handlers_of
from ..queries.parties import lines_of
from .asking import handled_of


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.view")
def session(request: HttpRequest, number: str) -> HttpResponse:
    """Who mediated, what each side said, where it got to."""
    case = handled_of(request, number, lead=True)
    note_look(actor=request.user, case=case)
    posted = request.method == "POST"
    people = {row.user.pk: row.user for row in handlers_of(case)} | {user.pk: user for user in able(case)}
    form = SessionForm(
        case, list(people.values()), lines_of(case, clear=True), request.user,
        request.POST if posted else None, request.FILES if posted else None,
    )  # fmt: skip
    status = 200
    if posted and form.is_valid() and form.keep_photos(request.user, ""):
        try:
            told = form.told()
            made = record_session(actor=request.user, case=case, told=told, seen=form.cleaned_data["seen"])
        except (Refused, Unacceptable) as why:
            form.add_error(None, str(why))
            status = 403 if isinstance(why, Refused) else 409 if isinstance(why, Stale) else 422
        else:
            messages.success(request, _("第 %(number)d 次调解已记下。") % {"number": made.number})
            return redirect("cases:show", case.number)
    case.refresh_from_db()
    status = 422 if status == 200 and form.errors else status
    context = {"case": case, "form": form, "stale": status == 409, "fresh": case.version}
    return render(request, "disputes/session.html", context, status=status)
