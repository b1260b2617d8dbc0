"""What was reported from this phone: receipts in a signed cookie, and a number for the limits."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE, SALT, DEVICE = "reported", "wangge.incidents.own", "device"
MOST, KEEP, DAY = 24, 180 * 24 * 3600, 24 * 3600


def remembered(request: HttpRequest) -> list[str]:
    """Receipts of what this phone sent, the newest first; a forged cookie is an empty one."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEEP)
        return [str(receipt)[:11] for receipt in found]
    except (signing.BadSignature, ValueError, TypeError):
        return []


def remember(request: HttpRequest, answer: HttpResponse, receipt: str) -> None:
    """Put a receipt in front."""
    kept = [receipt, *(one for one in remembered(request) if one != receipt)][:MOST]
    _set(answer, COOKIE, signing.dumps(kept, salt=SALT), KEEP)


def device_of(request: HttpRequest) -> str:
    """The number this phone was given; "" before."""
    return request.COOKIES.get(DEVICE, "")[:64]


def number_device(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A random number for a day, for the limit by device and nothing else."""
    if not device_of(request):
        _set(answer, DEVICE, uuid.uuid4().hex, DAY)
    return answer


def _set(answer: HttpResponse, name: str, value: str, age: int) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(name, value, max_age=age, secure=secure, httponly=True, samesite="Lax")


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, the configured number of own proxies taken off."""
    steps = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies and len(steps) >= proxies and steps[-proxies].strip():
        return str(steps[-proxies].strip())
    return str(request.META.get("REMOTE_ADDR", ""))
