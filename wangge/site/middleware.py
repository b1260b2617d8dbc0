"""Middleware of the roof."""

import tempfile
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch, get_resolver, get_urlconf
from django.utils.translation import gettext as _

from wangge.lib.scoping import NOWHERE, within

CHUNK = 1024 * 1024
IN_MEMORY = 2 * CHUNK


class ChunkedUploads:
    """Spools a body sent without a length, so that Django finds the files in it.

    WSGI knows no chunked bodies: Django reads none of them, silently. OpenRosa clients and
    some proxies send them. Bodies over the upload limit are refused with 413, whether or not
    they say their length.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdigit() and int(length) > settings.UPLOAD_LIMIT:
            return too_large()
        if "chunked" not in request.META.get("HTTP_TRANSFER_ENCODING", "").lower() or length:
            return self.get_response(request)
        folder = str(settings.FILE_UPLOAD_TEMP_DIR)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=folder) as spool:
            size = 0
            while piece := request.META["wsgi.input"].read(CHUNK):
                size += len(piece)
                if size > settings.UPLOAD_LIMIT:
                    return too_large()
                spool.write(piece)
            spool.seek(0)
            request.META["CONTENT_LENGTH"] = str(size)
            request.META["wsgi.input"] = spool
            request._stream = spool  # type: ignore[assignment]  # WSGIRequest wrapped an empty one already
            return self.get_response(request)


class ShortWay:
    """Doors that thousands knock at in the same hour, without an account: no session, no language cookie, no
    messages, no pages. Everything these need to know stands in the request itself; they are no forms of a
    browser, so no cookie could be abused through them.
    """

    PATHS = frozenset({("POST", "/api/v1/declarations")})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (request.method, request.path_info) not in self.PATHS or self._to_https(request):
            return self.get_response(request)
        found = request.resolver_match = _resolved(get_urlconf(), request.path_info)
        with within(NOWHERE):
            response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        return response

    def _to_https(self, request: HttpRequest) -> bool:
        """Plain HTTP in production: the long way redirects it."""
        return settings.SECURE_SSL_REDIRECT and not request.is_secure()


@lru_cache(maxsize=8)
def _resolved(urlconf: str | None, path: str) -> ResolverMatch:
    """The view behind one of the few fixed addresses; walking the whole table costs more than the way."""
    return get_resolver(urlconf).resolve(path)


def too_large() -> HttpResponse:
    """413 in words; templates are not used because nothing below has run yet."""
    limit = settings.UPLOAD_LIMIT // (1024 * 1024)
    words = _("文件太大：单次上传不超过 %(limit)d MB。请拆成几个文件再传。") % {"limit": limit}
    return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
