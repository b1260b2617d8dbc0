"""The grid workers' door."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def shell(request: HttpRequest) -> HttpResponse:
    """What a grid worker can do on the phone today."""
    return render(request, "site/field.html")
