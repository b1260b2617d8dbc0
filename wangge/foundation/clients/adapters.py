"""How ninja is told who calls."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from ninja.security import HttpBearer

from wangge.foundation.clients import actions


class ClientKey(HttpBearer):
    """``Authorization: Bearer wg_…``; people who are signed in need none."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return actions.admit(token.strip(), address=get_adapter().get_client_ip(request))
