"""How the sign-in packages behave in this house."""

from __future__ import annotations

import io
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.access import actions
from wangge.foundation.journal import actions as journal
from wangge.lib import sealing


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; accounts are opened by those who may."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("这个账号已停用，请联系管理员。"),
        "enter_current_password": _("请输入当前密码。"),
        "incorrect_password": _("密码不对。"),
        "invalid_login": _("用户名或密码不对。"),
        "username_password_mismatch": _("用户名或密码不对。"),
        "too_many_login_attempts": _("尝试次数过多，请 10 分钟后再试。"),
        "rate_limited": _("操作太快，请稍候再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Any, password: str) -> None:
        actions.change_password(actor=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("access:account")

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return super().get_client_ip(request)
        except PermissionDenied:  # a Unix socket, or no request at all
            return "127.0.0.1"

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        area = user.area_code or settings.DISTRICT + "000000"
        journal.record("user.signed_in", actor=user, area=area, subject=user)

    def add_message(self, request: Any, level: int, *args: Any, **kwargs: Any) -> None:
        """The packages' messages are English; pages say what they did themselves."""


class FactorAdapter(DefaultMFAAdapter):
    """Second-factor secrets are sealed like personal values; the QR is drawn by segno."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("验证码不对，请看手机上最新的一组。"),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        drawn = io.BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=2, xmldecl=False)
        return drawn.getvalue().decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No e-mail addresses are kept."""


def client_ip(request: HttpRequest) -> str:
    """The address a request came from, the configured proxies taken off."""
    return get_adapter().get_client_ip(request)


def locked_out(request: HttpRequest, response: Any, credentials: dict | None) -> HttpResponse:
    """The page after too many failures: says when to try again."""
    username = (credentials or {}).get("username", "")
    attempt = (
        AccessAttempt.objects.filter(username=username, ip_address=client_ip(request))
        .order_by("-attempt_time")
        .first()
    )
    since = attempt.attempt_time if attempt else timezone.now()
    until = timezone.localtime(since + settings.AXES_COOLOFF_TIME)
    minutes = max(1, round((until - timezone.now()).total_seconds() / 60))
    context = {"until": until, "minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "access/locked_out.html", context, status=429)
