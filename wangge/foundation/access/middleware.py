"""What every request passes: on whose behalf it runs, how long it may idle, what must be done first."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.enums import ADMINS
from wangge.foundation.access.queries import reach_of, roles_of
from wangge.foundation.access.rules import keep_reach
from wangge.lib.scoping import NOWHERE, within

Next = Callable[[HttpRequest], HttpResponseBase]
SEEN_EVERY = 60  # seconds; a write per request would queue readers behind SQLite's one writer
_FREE = ("/accounts/", "/language/")


class ReachMiddleware:
    """Sets the reach of the signed-in user for the whole request; a stranger's is nowhere."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reach = reach_of(request.user) if request.user.is_authenticated else NOWHERE
        with within(reach):
            return keep_reach(self.get_response(request), reach)


class IdleMiddleware:
    """Extends a session that is in use; one left alone ends by itself (SESSION_COOKIE_AGE)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self._see(request)
        return self.get_response(request)

    def _see(self, request: HttpRequest) -> None:
        now = int(time.time())
        if now - request.session.get("seen", 0) < SEEN_EVERY:
            return
        request.session["seen"] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=timezone.now()
        )


class DutiesMiddleware:
    """A one-time password is changed, and an administrator has a second factor, before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated or request.path.startswith(_FREE):
            return self.get_response(request)
        if request.user.must_change_password:
            messages.warning(request, _("这是一次性密码，请先设置您自己的密码。"))
            return redirect("account_change_password")
        if self._lacks_factor(request):
            messages.warning(request, _("管理员须先开启二次验证。"))
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _lacks_factor(self, request: HttpRequest) -> bool:
        return (
            settings.MFA_REQUIRED
            and any(role in ADMINS for role in roles_of(request.user))
            and not is_mfa_enabled(request.user)
        )
