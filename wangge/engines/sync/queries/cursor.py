"""What a phone holds, in a text that it gives back with the next pull."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

LONGEST = 8_000  # characters; a community of 200 grids needs fewer
LARGEST = 60_000  # bytes unpacked
OLDEST = timedelta(days=30)  # a phone that slept longer begins anew
VERSION = 1


@dataclass(frozen=True)
class Cursor:
    """How far a phone is.

    Args:
        entry: the trail was seen up to this number.
        moment: everything written before was seen.
        day: the day it was read for.
        held: area code -> a mark of the buildings in it, which tells when its ground changed.
    """

    entry: int
    moment: datetime
    day: date
    held: dict[str, str] = field(default_factory=dict)

    def pack(self) -> str:
        """As text. It is no secret and no key: what a phone may have is asked anew each time."""
        held = [self.entry, int(self.moment.timestamp()), self.day.isoformat(), self.held, VERSION]
        raw = json.dumps(held, separators=(",", ":")).encode()
        return urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")


def unpack(text: str, now: datetime) -> Cursor | None:
    """The cursor behind a text; None if it is none of ours, of another version or too old."""
    try:
        cursor = _read(text)
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError, zlib.error):
        return None
    return cursor if timedelta(0) <= now - cursor.moment <= OLDEST else None


def _read(text: str) -> Cursor:
    if not text or len(text) > LONGEST:
        raise ValueError("no cursor")
    inflating = zlib.decompressobj()
    raw = inflating.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), LARGEST)
    if inflating.unconsumed_tail or not inflating.eof:
        raise ValueError("too long, or cut")
    entry, moment, day, held, version = _checked(json.loads(raw))
    if version != VERSION:
        raise ValueError("another version")
    return Cursor(entry, datetime.fromtimestamp(moment, UTC), date.fromisoformat(day), held)


def _checked(parts: Any) -> tuple[int, int, str, dict[str, str], int]:
    entry, moment, day, held, version = parts
    if type(entry) is not int or not 0 <= entry < 2**63 or type(moment) is not int:
        raise ValueError("not numbers")
    if not isinstance(held, dict) or not all(isinstance(mark, str) for mark in held.values()):
        raise ValueError("not areas")
    return entry, moment, day, held, version
