"""Invented pictures for the tests."""

from __future__ import annotations

import io
from hashlib import sha256

from PIL import Image


def jpeg(shade: int = 0, width: int = 64, height: int = 48, noise: int = 0) -> bytes:
    """A small picture of one shade; ``noise`` more bytes of comment make it longer."""
    out = io.BytesIO()
    colour = (shade % 256, shade // 256 % 256, 40)
    Image.new("RGB", (width, height), colour).save(out, "JPEG", comment=b"x" * noise)
    return out.getvalue()


def digest_of(content: bytes) -> str:
    return sha256(content).hexdigest()
