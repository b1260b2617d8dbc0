"""The door: prove a phone, see its groups, go again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.proofs.rules import NotProved

from ..enums import MANAGES
from ..forms import PhoneForm
from ..queries import own
from ..rules import may_leave_alone
from . import proving, session


def _step() -> proving.Step:
    address = reverse("group:home")
    return proving.Step("groups.enter", reverse("group:code"), _("验证手机"), _("进入"), address)


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """Whoever proved a phone sees its groups; others are asked for a phone."""
    phone_index = session.holder(request)
    if not phone_index:
        return render(request, "group/enter.html", {"form": PhoneForm()})
    return _own(request)


@session.proved
def _own(request: HttpRequest) -> HttpResponse:
    rows = own.memberships(request.phone_index)  # type: ignore[attr-defined]
    context = {
        "managed": [row for row in rows if row.role in MANAGES],
        "joined": [(row, may_leave_alone(row)) for row in rows if row.role not in MANAGES],
    }
    return render(request, "group/home.html", context)


@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Send a code to the phone that was typed."""
    form = PhoneForm(request.POST)
    if form.is_valid():
        try:
            return proving.ask(request, _step(), form.cleaned_data["phone"])
        except NotProved as why:
            form.add_error("phone", why.message)
    return render(request, "group/enter.html", {"form": form}, status=422)


@never_cache
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """Take the code; from now on this browser acts for the phone."""
    phone_index, again = proving.take(request, _step())
    if again is not None:
        return again
    answer = redirect("group:home")
    session.enter(answer, phone_index)
    return answer


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """This browser acts for nobody any more."""
    answer = redirect("group:home")
    session.leave(answer)
    return answer
