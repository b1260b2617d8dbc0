"""The residents' door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def landing(request: HttpRequest) -> HttpResponse:
    """The public first page: what this is and where each person goes in."""
    return render(request, "site/landing.html")
