"""The door of GeoReport: jurisdiction, key, refusals in the caller's own format."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from wangge.foundation.clients.actions import admit
from wangge.foundation.clients.queries import Caller
from wangge.lib.problems import Problem

from ..citizen.memory import address_of
from ..forms.uploads import BODY_MOST, watch
from .formats import Refusal, refused

View = Callable[..., HttpResponse]
WRITE, READ = "requests.write", "requests.read"


def door(view: View) -> View:
    """Refusals as the specification wants them; another jurisdiction does not exist here."""

    @csrf_exempt  # programs with a key, no cookies
    @wraps(view)
    def guarded(request: HttpRequest, form: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method == "POST":
                _sized(request)
            _of_this_district(request)
            return view(request, form, *args, **kwargs)
        except Refusal as refusal:
            return refused(form, refusal)
        except Problem as problem:
            words = f"{problem.title}{problem.detail}"
            return refused(
                form, Refusal(403 if problem.status == 401 else problem.status, words, problem.retry_after)
            )

    return guarded


def _sized(request: HttpRequest) -> None:
    """Look at the size before the body is read; ``request.sizes`` counts files that were let go of."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_MOST:
        raise Refusal(413, _("内容太大，没有收到；请减少或调小照片再交。"))
    request.sizes = watch(request)  # type: ignore[attr-defined]


def asked(request: HttpRequest, name: str) -> str:
    """A parameter, from the body or the address."""
    return (request.POST.get(name) or request.GET.get(name) or "").strip()


def _of_this_district(request: HttpRequest) -> None:
    asked_for = asked(request, "jurisdiction_id")
    if asked_for and asked_for != settings.DISTRICT:
        raise Refusal(404, _("没有这个 jurisdiction_id；这里是 %(code)s。") % {"code": settings.DISTRICT})


def caller_with(request: HttpRequest, scope: str) -> Caller:
    """Whose key it is: ``api_key`` as the specification has it, or the Authorization header.

    Raises:
        Refusal: 403, no key or one without this scope. Problem: what ``admit`` says of the key.
    """
    caller = caller_or_none(request)
    if caller is None:
        raise Refusal(403, _("请带上 api_key；密钥请向区级中心的系统管理员申请。"))
    if not caller.holds(scope):
        raise Refusal(403, _("这个密钥没有权限：%(scope)s。请联系系统管理员开通。") % {"scope": scope})
    return caller


def caller_or_none(request: HttpRequest) -> Caller | None:
    """None where no key came with it."""
    header = request.headers.get("Authorization", "")
    key = (
        header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else asked(request, "api_key")
    )
    return admit(key, address=address_of(request)) if key else None
