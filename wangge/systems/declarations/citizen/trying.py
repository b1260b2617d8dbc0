"""Whoever tries numbers is slowed: failed look-ups are counted by address, apart from declarations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..actions.submit_limits import count_client
from ..reading import TooMany
from ..rest.taking import address_of


def slowed(request: HttpRequest) -> HttpResponse | None:
    """Count one look-up that led nowhere; 429 in words once there were too many, else None."""
    try:
        count_client(device="", address=f"look-up {address_of(request)}")
    except TooMany as refusal:
        answer = render(request, "declare/slowed.html", {"words": refusal.errors[""]}, status=429)
        answer["Retry-After"] = str(refusal.retry_after)
        return answer
    return None
