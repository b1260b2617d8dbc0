"""由我承办, and who is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.engines.cases.models import Case
from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions import handlers as actions
from ..queries.handlers import able, handlers_of
from ..rules import may_appoint
from .asking import dispute_of


@never_cache
@require_POST
@requires("case.view")
def take_on(request: HttpRequest, number: str) -> HttpResponse:
    """Handle one that nobody handles."""
    case = dispute_of(request, number)
    try:
        actions.take_on(actor=request.user, case=case)
    except (Refused, Unacceptable) as why:
        messages.error(request, str(why))
        if isinstance(why, Refused):
            raise
    else:
        messages.success(request, _("这件纠纷由您承办。"))
    return redirect("cases:show", case.number)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.view")
def appoint(request: HttpRequest, number: str) -> HttpResponse:
    """Who handles it, who is named, who no more."""
    case = dispute_of(request, number)
    if not may_appoint(request.user, case):
        raise Refused(_("承办人由正在承办的人或上级指定。"))
    if request.method != "POST":
        return _page(request, case)
    act, user = _asked(request, case)
    if act is None or user is None:
        return _page(request, case, error=_("请选一个人。"))
    try:
        act(actor=request.user, case=case, user=user)
    except (Refused, Unacceptable) as why:
        return _page(request, case, error=str(why), status=403 if isinstance(why, Refused) else 422)
    messages.success(request, _("承办人已更新。"))
    return redirect("cases:show", case.number)


def _asked(request: HttpRequest, case: Case) -> tuple[Callable[..., Any] | None, User | None]:
    do, key = request.POST.get("do", ""), request.POST.get("user", "")
    people = able(case) if do == "appoint" else [row.user for row in handlers_of(case)]
    act = {"appoint": actions.appoint, "release": actions.release}.get(do)
    return act, next((user for user in people if str(user.pk) == key), None)


def _page(request: HttpRequest, case: Case, *, error: str = "", status: int = 0) -> HttpResponse:
    held = handlers_of(case)
    named = {row.user_id for row in held} | {request.user.pk}
    context = {
        "case": case, "held": held, "able": [user for user in able(case) if user.pk not in named],
        "error": error,
    }  # fmt: skip
    return render(request, "disputes/appoint.html", context, status=status or (422 if error else 200))
