"""The grid workers' door: one page that works without signal, and what installs it on a phone."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Household
from wangge.registry.people.queries import choices_of

LONGEST_LINK = 600  # characters; a QR beyond it is too fine for a phone's screen
COLOUR = "#0d6e7c"
# What is served decides: the collected files, or in tests and development the build itself.
BUILT = settings.ROOT / "front" / "dist" if settings.WHITENOISE_USE_FINDERS else settings.STATIC_ROOT


@lru_cache(maxsize=8)
def _read(path: Path, changed_at: float) -> str:
    return path.read_text(encoding="utf-8")


def built(name: str) -> str:
    """A file of the built front end; "" before the first build."""
    path = BUILT / name
    return _read(path, path.stat().st_mtime) if path.exists() else ""


def words() -> dict[str, str]:
    """The app's texts in the reader's language. The build lists them; in Chinese they are what they are."""
    if not (get_language() or "").startswith("en"):
        return {}
    return {text: gettext(text) for text in json.loads(built("field-words.json") or "[]")}


def _shell() -> str:
    """The page without anything of whoever opened it: the phone keeps it, whoever signs in next."""
    context = {"words": words(), "colour": COLOUR, "demo": settings.DEMO}
    return get_template("site/field.html").render(context)


@csp_update({"script-src": ["'wasm-unsafe-eval'"]})  # the engine of the forms compiles its reader of formulas
@login_required
@ensure_csrf_cookie
@never_cache
def shell(request: HttpRequest) -> HttpResponse:
    """The field app for whoever does duties; for others, what they may do on a phone."""
    if not access.may(request.user, "duty.do"):
        return render(request, "site/field_others.html")
    return HttpResponse(_shell())


@require_GET
@never_cache
@ensure_csrf_cookie
def me(request: HttpRequest) -> JsonResponse:
    """Whose session this is, so that the app never shows one worker's data to another. ``id`` says nothing
    outside this installation."""
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"signed_in": False}, status=401)
    areas = access.reach_for(user, "duty.do").prefixes
    with within(EVERYWHERE):  # the name of an area is no secret
        home = Area.objects.filter(code=access.home_of(user, "duty.do")).values_list("name", flat=True)
        place = next(iter(home), "")
    mark = salted_hmac("wangge.field.me", str(user.pk)).hexdigest()[:24]
    return JsonResponse(
        {"signed_in": True, "id": mark, "name": user.name or user.username, "place": place,
         "works": bool(areas), "codes": _codes()}
    )  # fmt: skip


def _codes() -> dict[str, dict[str, str]]:
    """The words of the codes that travel down with people and rooms, in the reader's language."""
    lists: dict[str, Any] = {fact: choices_of(fact) for fact in ("relation", "sex", "room_state")}
    lists["kind"] = Household._meta.get_field("kind").choices or []
    return {name: {str(code): str(label) for code, label in rows} for name, rows in lists.items()}


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone asks before it puts the app on its first screen."""
    start = reverse("field")
    icons: list[dict[str, str]] = [
        {"src": f"{settings.STATIC_URL}app-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    masked = {"src": f"{settings.STATIC_URL}app-mask-512.png", "sizes": "512x512", "type": "image/png"}
    icons.append({**masked, "purpose": "maskable"})
    shortcuts: list[dict[str, Any]] = [
        {"name": _("上报"), "url": f"{start}#/report"},
        {"name": _("今日清单"), "url": f"{start}#/list"},
    ]
    answer = JsonResponse(
        {"id": start, "name": _("网格 · 网格员"), "short_name": _("网格"), "start_url": start, "scope": start,
         "lang": get_language(), "display": "standalone", "orientation": "portrait",
         "background_color": "#ededed", "theme_color": COLOUR, "icons": icons, "shortcuts": shortcuts},
        content_type="application/manifest+json",
    )  # fmt: skip
    answer["Cache-Control"] = "no-cache"
    return answer


def _edition() -> str:
    """Changes when the page or its texts change: phones then fetch a new one."""
    made = sha256()
    for language in ("zh-hans", "en"):
        with override(language):
            made.update(_shell().encode())
    return made.hexdigest()[:16]


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it stands above /field/ only, and is asked for anew each time."""
    script = built("sw.js")
    if not script:
        raise Http404
    script = script.replace("__EDITION__", _edition()).replace("__STATIC__", settings.STATIC_URL)
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@requires("duty.do")
@require_POST
def qr(request: HttpRequest) -> HttpResponse:
    """A link of this system as a picture, for a household to scan from the worker's phone. By POST: what the
    link says stands in no log."""
    link = request.POST.get("link", "")
    own = ("/", f"{request.scheme}://{request.get_host()}/", *_public())
    if not link.startswith(own) or link.startswith("//"):
        return JsonResponse({"reason": _("只能画本系统的链接。")}, status=422)
    if len(link) > LONGEST_LINK:
        return JsonResponse({"reason": _("链接太长，画不成二维码。")}, status=422)
    absolute = link if "://" in link else (settings.PUBLIC_URL or request.build_absolute_uri("/")[:-1]) + link
    picture = BytesIO()  # a file of its own, with its namespace: the phone shows it as an image
    segno.make_qr(absolute, error="m").save(picture, kind="svg", border=4, omitsize=True, xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _public() -> tuple[str, ...]:
    return (f"{settings.PUBLIC_URL}/",) if settings.PUBLIC_URL else ()
