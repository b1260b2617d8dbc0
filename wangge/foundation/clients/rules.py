"""Who may call what through the API."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema

from wangge.foundation.access import queries as access
from wangge.foundation.clients.models import Client
from wangge.foundation.clients.queries import Caller, caller_of
from wangge.lib.problems import Problem
from wangge.lib.scoping import Reach, within

Endpoint = Callable[..., Any]


class ProblemOut(Schema):
    """A refusal (RFC 9457): ``title`` what happened, ``detail`` what to do next, ``code`` for programs."""

    type: str
    status: int
    code: str
    title: str
    detail: str
    errors: dict[str, str]


# What every operation may answer besides its own.
REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), ProblemOut)


def needs(scope: str, right: str) -> Callable[[Endpoint], Endpoint]:
    """Only for clients with the scope and people with the right; the call sees only their areas.

    Stands under ninja's decorator. Neither: 403. A row outside: 404, because the reach is set here.
    """

    def door(endpoint: Endpoint) -> Endpoint:
        @wraps(endpoint)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            with within(_reach(request, scope, right)):
                return endpoint(request, *args, **kwargs)

        guarded.requires = (right,)  # type: ignore[attr-defined]
        return guarded

    return door


def _reach(request: HttpRequest, scope: str, right: str) -> Reach:
    caller = caller_of(request)
    if isinstance(caller, Caller):
        if not caller.holds(scope):
            raise _missing("scope_missing", scope)
        return caller.client.reach
    if not access.may(caller, right):
        raise _missing("right_missing", right)
    return access.reach_for(caller, right)


def _missing(code: str, what: str) -> Problem:
    said = _("没有这项权限：%(what)s。") % {"what": what}
    return Problem(403, code, said, _("请联系系统管理员为这个客户端或账号开通。"))


def comes_from(client: Client, address: str) -> bool:
    """Whether the client may come from this address; without a list it may from any."""
    if not client.addresses:
        return True
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(at in ipaddress.ip_network(network) for network in client.addresses)
