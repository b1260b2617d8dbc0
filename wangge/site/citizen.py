"""The residents' door: the first page, and how its pages look on this device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600


def landing(request: HttpRequest) -> HttpResponse:
    """The public first page: what this is and where each person goes in."""
    return render(request, "site/landing.html")


@csrf_exempt  # changes nothing but the look of this device; must work on a phone that keeps no cookies yet
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Remember the type size (``type=large|normal``) or the language in a cookie and go back."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    language, size = request.POST.get("language", ""), request.POST.get("type", "")
    if language and check_for_language(language):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, language)
    if size in ("large", "normal"):
        _remember(answer, "type", size)
    return answer


def _remember(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
