"""What this phone declared: report numbers in a signed cookie, and nothing else of anybody."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE, SALT = "declared", "wangge.declarations.own"
MOST, KEEP = 24, 180 * 24 * 3600  # product default: half a year, a declaration is archived before


def remembered(request: HttpRequest) -> list[UUID]:
    """The reports sent from this phone, the newest first; a forged cookie is an empty one."""
    try:
        return [
            UUID(hex=text) for text in signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEEP)
        ]
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return []


def remember(request: HttpRequest, answer: HttpResponse, report: UUID) -> None:
    """Put a report in front."""
    kept = [report, *(one for one in remembered(request) if one != report)][:MOST]
    answer.set_cookie(
        COOKIE,
        signing.dumps([one.hex for one in kept], salt=SALT),
        max_age=KEEP,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
