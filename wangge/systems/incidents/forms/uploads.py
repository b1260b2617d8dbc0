"""Photos as a browser sends them: one that is too large is not stored, the rest of the form is still read."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from wangge.foundation.photos.actions import LARGEST

BODY_MOST = 100 * 1024 * 1024  # bytes; beyond it nothing of the form is read


class SizedHandler(FileUploadHandler):
    """Lets go of a file once it is larger than a photo may be; ``too_large`` counts them."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.too_large = 0
        self._seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._seen += len(raw_data)
        if self._seen > LARGEST:
            self.too_large += 1
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave it to the handlers behind."""


def watch(request: Any) -> SizedHandler:
    """Look at the files of a request that is not read yet."""
    handler = SizedHandler(request)
    request.upload_handlers.insert(0, handler)
    return handler
