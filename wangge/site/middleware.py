"""Middleware of the roof."""

import tempfile
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

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


def too_large() -> HttpResponse:
    """413 in words; templates are not used because nothing below has run yet."""
    limit = settings.UPLOAD_LIMIT // (1024 * 1024)
    words = _("文件太大：单次上传不超过 %(limit)d MB。请拆成几个文件再传。") % {"limit": limit}
    return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
