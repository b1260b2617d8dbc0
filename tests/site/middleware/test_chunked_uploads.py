"""A body sent without a length arrives whole; one that is too large is refused in words."""

from io import BytesIO

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from wangge.site.middleware import ChunkedUploads

BOUNDARY = "edge"
BODY = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
    f"Content-Type: text/csv\r\n\r\n1,2,3\r\n--{BOUNDARY}--\r\n"
).encode()


def _count_files(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b",".join(file.read() for file in request.FILES.values()))


def _chunked(body: bytes) -> HttpRequest:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    request = RequestFactory().generic("POST", "/", b"x", content_type=kind)
    request.META.pop("CONTENT_LENGTH", None)
    request.META |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(body)}
    return request


@pytest.mark.usefixtures("db")
def test_files_of_a_chunked_body_are_found() -> None:
    assert ChunkedUploads(_count_files)(_chunked(BODY)).content == b"1,2,3"  # type: ignore[attr-defined]


@override_settings(UPLOAD_LIMIT=10)
def test_a_chunked_body_over_the_limit_is_refused() -> None:
    assert ChunkedUploads(_count_files)(_chunked(BODY)).status_code == 413


@override_settings(UPLOAD_LIMIT=10)
def test_a_body_that_says_it_is_too_large_is_refused_unread() -> None:
    request = RequestFactory().post("/", b"x" * 11, content_type="text/plain")
    assert ChunkedUploads(_count_files)(request).status_code == 413


def test_a_body_with_a_length_passes_untouched() -> None:
    request = RequestFactory().post("/", BODY, content_type=f"multipart/form-data; boundary={BOUNDARY}")
    assert ChunkedUploads(_count_files)(request).content == b"1,2,3"  # type: ignore[attr-defined]
