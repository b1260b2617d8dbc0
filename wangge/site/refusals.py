"""The pages of a refusal: each says what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from wangge.foundation.access.rules import Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the row is within reach, the right is missing; a refusal that has words of its own says them."""
    said = str(exception) if isinstance(exception, Refused) else ""
    return render(request, "403.html", {"said": said}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or a row outside the caller's area; the two look the same on purpose."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: rendered without a request context, because the fault may lie there."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 because the form is stale (signed in elsewhere, cookies off, page open too long)."""
    return render(request, "403_csrf.html", status=403)
