"""The receipt: for who declared her own declaration, for everybody else that it is genuine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.foundation.access.queries import may
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.scoping import EVERYWHERE, within

from ..actions.submit_receipt import receipt_for
from ..enums import State
from ..models import Declaration
from ..queries.own import is_open
from ..queries.profile import profile_of
from ..queries.receipts import lines_of, number_of
from .memory import remembered
from .said import facts_of, next_of
from .trying import slowed

UNDECIDED = (State.SUBMITTED, State.TO_VERIFY, State.TRANSFERRED)
QR_KEPT = 24 * 3600


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """One receipt; what is not ours, is over or never was gets one and the same answer."""
    with within(EVERYWHERE):
        lines = lines_of(number_of(token))
        if not lines:
            return slowed(request) or no_receipt(request)
        own = lines[0].report in remembered(request)
        return render(request, "declare/receipt.html", context(request, token, lines, own))


def context(request: HttpRequest, token: str, lines: Sequence[Declaration], own: bool) -> dict[str, Any]:
    """The page's values; of a stranger's receipt nothing but its number, community and state."""
    first = lines[0]
    return {
        "number": first.receipt,
        "token": token,
        "place": area_name_path(first.area_code[:12], " "),
        "received_at": first.received_at,
        "own": own,
        "lines": [_line(line, own) for line in lines],
        "repeated": own and request.GET.get("again") == "1",
        "console_link": _console_link(request, first),
    }


def _line(line: Declaration, own: bool) -> dict[str, Any]:
    said = {
        "state": line.get_state_display(),
        "next": next_of(line),
        "verify_by": due(line),
        "late": late(line),
    }
    return said | {"line": line, "facts": facts_of(line), "open": is_open(line)} if own else said


def token_of(line: Declaration) -> str:
    """The signed token of the receipt a line stands under, made anew."""
    return receipt_for(line.receipt, 1, line.area_code, line.received_at).token


def due(line: Declaration) -> datetime | None:
    """Until when somebody must decide: by the clock, or by the limit it will start with."""
    if line.state not in UNDECIDED:
        return None
    return line.verify_by or profile_of(line.received_at).verify_by(line.received_at)


def late(line: Declaration) -> bool:
    """Whether nobody decided in time."""
    by = due(line)
    return by is not None and by < timezone.now()


def _console_link(request: HttpRequest, line: Declaration) -> str:
    """Where a worker with the right reads it; the page's own door asks again."""
    if not may(request.user, "declaration.view", line.area_code):
        return ""
    return f"{reverse('declarations:list')}?pk={line.pk}"


def no_receipt(request: HttpRequest) -> HttpResponse:
    """404 in words."""
    return render(request, "declare/no_receipt.html", status=404)


@require_safe
def receipt_qr(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt's address as a QR code (SVG); only of a token that we signed."""
    if not number_of(token):
        return HttpResponse(status=404)
    address = request.build_absolute_uri(f"/R/{token}").upper()  # capitals lie in QR's dense text mode
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(drawing, kind="svg", scale=4, border=4, dark="#000", light="#fff")
    answer = HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
    answer["Cache-Control"] = f"private, max-age={QR_KEPT}"
    return answer
