"""A session was held, what was told of it is corrected, or it was called off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.holding import correct_session, hold_session
from ..actions.planning import cancel_session
from ..enums import State
from ..forms.holding import CancelForm, HeldForm
from ..models import Session
from ..rules import PLANS
from .sessions import session_or_404, session_page


@never_cache
@require_http_methods(["GET", "POST"])
@requires(PLANS)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers of a session, for the first time or corrected."""
    row = session_or_404(pk)
    if row.state == State.CANCELLED and request.method == "GET":
        messages.info(request, _("这次活动已经取消。"))
        return redirect("education:session", row.pk)
    posted = request.method == "POST"
    form = HeldForm(row, request.POST, request.FILES) if posted else HeldForm(row)
    status = 422 if posted else 200
    if posted and _valid(request, form, row):
        try:
            _write(request, form, row)
        except (Refused, Unacceptable) as why:
            form.add_error(None, str(why))
            status = 403 if isinstance(why, Refused) else 422
        else:
            messages.success(request, _("已记下。"))
            return redirect("education:session", row.pk)
    return render(request, "education/hold.html", {"form": form, "session": row}, status=status)


def _valid(request: HttpRequest, form: HeldForm, row: Session) -> bool:
    """Photos that are sound are kept also where something else has to be mended."""
    valid = form.is_valid()
    kept = form.keep_photos(request.user, row.area_code) if "photos" in form.cleaned_data else False
    return valid and kept


def _write(request: HttpRequest, form: HeldForm, row: Session) -> None:
    write = correct_session if _corrects(row, form) else hold_session
    write(actor=request.user, session=row, held=form.held(), seen=form.cleaned_data["seen"])


def _corrects(row: Session, form: HeldForm) -> bool:
    return row.state == State.HELD and row.last_op != form.cleaned_data["op"]


@require_POST
@requires(PLANS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    row = session_or_404(pk)
    form = CancelForm(row, request.POST)
    if not form.is_valid():
        return session_page(request, row, cancel=form, status=422)
    told = form.cleaned_data
    try:
        cancel_session(
            actor=request.user, session=row, op=told["op"], seen=told["seen"], reason=told["reason"]
        )
    except Unacceptable as why:
        form.add_error(None, str(why))
        return session_page(request, session_or_404(pk), cancel=form, status=422)
    messages.success(request, _("已取消。"))
    return redirect("education:session", row.pk)
