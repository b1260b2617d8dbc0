"""Declarations through the API: anybody's scan, a mini-program, a department's desk.

Taking one needs no account; the code, the limits and what is checked stand in ``actions.submit``. The sender
makes ``report`` (a UUID) and sends the same one again until it has the receipt.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.foundation.clients.adapters import ClientKey
from wangge.foundation.clients.queries import Caller
from wangge.foundation.clients.rules import REFUSALS
from wangge.lib.problems import Problem

from ..actions.submit import Client, Receipt, Refused, TooMany, submit
from ..enums import Channel
from .router import router
from .shapes import ErrorsOut, ReceiptOut, Submission

WRITE = "declarations.write"
BODY_MOST = 64 * 1024  # bytes; twenty persons fill a tenth of it
DEVICE_LONGEST = 64


def _inlined(part: Any, parts: dict[str, Any]) -> Any:
    """A schema without references, which would point outside the operation they stand in."""
    if isinstance(part, dict):
        if "$ref" in part:
            return _inlined(parts[part["$ref"].rpartition("/")[2]], parts)
        return {key: _inlined(value, parts) for key, value in part.items() if key != "$defs"}
    return [_inlined(value, parts) for value in part] if isinstance(part, list) else part


_SCHEMA = Submission.model_json_schema()
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": _inlined(_SCHEMA, _SCHEMA.get("$defs", {}))}},
    }
}


def _resident(request: HttpRequest) -> str | None:
    """Anybody may declare without a key; whoever shows one must show a good one."""
    return None if "Authorization" in request.headers else "resident"


@router.post(
    "",
    auth=[ClientKey(), _resident],
    response={
        (200, 201): ReceiptOut,
        (400, 413, 415, 422, 429, 503): ErrorsOut,
        **{status: REFUSALS[status] for status in (401, 403)},
    },
    openapi_extra=_BODY,
    summary="提交报备",
)
def declare(request: HttpRequest) -> HttpResponse:
    """Take one declaration of one or several persons. 201 with the receipt once it is durable; 200 with the
    first receipt when the same ``report`` was taken before. 422 names every field that is wrong. With a key
    it is taken in the client's own name and inside its area (scope declarations.write)."""
    with translation.override(_language(request)):
        client, channel = _sender(request)
        payload = _payload(request)
        if isinstance(payload, HttpResponse):
            return payload
        try:
            receipt = submit(payload, channel=channel, client=client)
        except TooMany as refusal:
            answer = _errors(HTTPStatus.TOO_MANY_REQUESTS, refusal.errors)
            answer["Retry-After"] = str(refusal.retry_after)
            return answer
        except Refused as refusal:
            return _errors(HTTPStatus.UNPROCESSABLE_ENTITY, refusal.errors)
        except (OperationalError, InterfaceError):  # the database restarts, or SQLite's one writer is busy
            answer = _refusal(
                HTTPStatus.SERVICE_UNAVAILABLE, _("系统正忙，没有收到。请稍后重发，不会重复登记。")
            )
            answer["Retry-After"] = "2"
            return answer
    return _answer(HTTPStatus.OK if receipt.repeated else HTTPStatus.CREATED, _shown(receipt))


def _shown(receipt: Receipt) -> dict[str, Any]:
    """The same bytes for the first answer and for every repeat."""
    return {"number": receipt.number, "token": receipt.token, "lines": receipt.lines}


def _payload(request: HttpRequest) -> Any:
    """The parsed body, or the answer that refuses it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > BODY_MOST:
        return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("内容太大，最多 64 KB。请分几次填报。"))
    kind, charset = request.content_type, (request.content_params or {}).get("charset", "utf-8")
    if kind != "application/json" or charset.lower().replace("-", "") != "utf8":
        said = _("请用 application/json、UTF-8 编码发送。")
        return _refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, said)
    try:
        return json.loads(request.body.decode("utf-8"))
    except UnicodeDecodeError:
        return _refusal(HTTPStatus.BAD_REQUEST, _("内容不是 UTF-8 编码，请转换编码后重新发送。"))
    except (ValueError, RecursionError):
        return _refusal(HTTPStatus.BAD_REQUEST, _("内容不是 JSON，请检查格式后重新发送。"))


def _sender(request: HttpRequest) -> tuple[Client, str]:
    """Who sends, and by which channel."""
    held = getattr(request, "auth", None)
    if not isinstance(held, Caller):
        device = request.headers.get("X-Device", "")[:DEVICE_LONGEST]
        return Client(address=address_of(request), device=device), Channel.SCAN
    if not held.holds(WRITE):
        raise Problem(403, "scope_missing", _("没有这项权限：%(what)s。") % {"what": WRITE})
    return Client(address=address_of(request), user=held, reach=held.client.reach), Channel.API


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, the configured number of own proxies taken off."""
    steps = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies and len(steps) >= proxies and steps[-proxies].strip():
        return str(steps[-proxies].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def _language(request: HttpRequest) -> str:
    """The short way to this address passes no language middleware."""
    return "en" if request.META.get("HTTP_ACCEPT_LANGUAGE", "").startswith("en") else "zh-hans"


def _refusal(status: int, said: str | Promise) -> HttpResponse:
    return _errors(status, {"": str(said)})


def _errors(status: int, errors: dict[str, str]) -> HttpResponse:
    return _answer(status, {"errors": errors})


def _answer(status: int, content: dict[str, Any]) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
