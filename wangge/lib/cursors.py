"""Where a page of the API goes on: a row's key, in letters nobody is tempted to count with."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

_LONGEST = 24
_LARGEST = 2**63 - 1


class BadCursor(ValueError):
    """Not a cursor that an earlier page gave."""


def pack(key: int) -> str:
    """The cursor that stands for the row ``key``."""
    return urlsafe_b64encode(f"k{key}".encode()).decode().rstrip("=")


def unpack(cursor: str) -> int:
    """The key behind a cursor.

    Raises:
        BadCursor: not made by ``pack``.
    """
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)) if len(cursor) <= _LONGEST else b""
        text = raw.decode("ascii")
    except (Error, ValueError) as error:
        raise BadCursor(cursor[:_LONGEST]) from error
    if not (text.startswith("k") and text[1:].isdecimal() and int(text[1:]) <= _LARGEST):
        raise BadCursor(cursor[:_LONGEST])
    return int(text[1:])
