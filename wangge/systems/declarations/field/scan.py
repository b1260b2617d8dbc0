"""One page for whatever a worker scans or types; without signal it still says what the token is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.lib import signing

from ..queries.scanned import what_is

LONGEST = 500


@never_cache
@require_http_methods(["GET", "POST"])
@requires("declaration.view")
def scan(request: HttpRequest) -> HttpResponse:
    """What was scanned: by POST, so that no receipt stands in an address or a log."""
    text = request.POST.get("text", "").strip()[:LONGEST]
    context = {
        "keys": {str(number): key for number, key in signing.public_keys().items()},
        "found": what_is(text) if text else None,
        "may_verify": may(request.user, "declaration.verify"),
    }
    return render(request, "declarations/scan.html", context)
