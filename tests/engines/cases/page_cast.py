"""Cases as they are met on pages: photos that decode, forms as a browser sends them."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from wangge.engines.cases.models import Case


def picture(colour: str = "red", size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> bytes:
    """A photo of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, kind)
    return stream.getvalue()


def upload(content: bytes | None = None, name: str = "现场.jpg") -> SimpleUploadedFile:
    """A photo as a form sends it."""
    return SimpleUploadedFile(name, picture() if content is None else content, "image/jpeg")


def take(browser: Client, case: Case, key: str, /, **told: Any) -> Any:
    """A step as the page of the case sends it."""
    case.refresh_from_db()
    sent = {"step": key, "op": str(uuid4()), "seen": case.version} | told
    return browser.post(reverse("cases:take", args=[case.number]), sent)


def shown(browser: Client, case: Case) -> str:
    """The page of a case."""
    return browser.get(reverse("cases:show", args=[case.number])).content.decode()
