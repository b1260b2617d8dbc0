"""What the trail's hashes are computed over. Pure: no database, so a verifier can be written from this page.

A row's digest covers everything the row says. The writer computes it alone, so writers never
wait on one another; order comes later, when the worker seals rows into segments.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any
from uuid import UUID

FIRST = "0" * 64  # the root that stands before the first segment


def plain(value: Any) -> Any:
    """The value as JSON keeps it, so that what is hashed is what is read back."""
    match value:
        case None | bool() | int() | str():
            return value
        case float() if isfinite(value):
            return value
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(plain(item) for item in value)
    return str(value)


def _hashable(value: Any) -> Any:
    """Numbers in one spelling: databases give 60.0 back as 60, and 1e20 as a whole number."""
    if isinstance(value, dict):
        return {key: _hashable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_hashable(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "\0" + format(Decimal(repr(value)).normalize() + 0, "f")  # \0 tells 60 from "60"
    return value


def moment(at: datetime) -> str:
    """An instant in one spelling: UTC, microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def row_digest(
    *,
    at: datetime,
    kind: str,
    actor: str,
    area_code: str,
    subject_type: str,
    subject_id: str,
    changes: Any,
    reason: str,
    data: Any,
) -> str:
    """SHA-256 over the canonical JSON of one row, 64 hex digits."""
    body = [
        moment(at),
        kind,
        actor,
        area_code,
        subject_type,
        subject_id,
        _hashable(changes),
        reason,
        _hashable(data),
    ]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def leaf(entry_id: int, digest: str) -> bytes:
    """One row inside a segment: 8 bytes of id, 32 bytes of digest."""
    return entry_id.to_bytes(8, "big") + bytes.fromhex(digest)


def leaves_of(rows: Iterable[tuple[int, str]]) -> bytes:
    """The leaves of a segment in id order."""
    return b"".join(leaf(entry_id, digest) for entry_id, digest in sorted(rows))


def unpack(leaves: bytes) -> list[tuple[int, str]]:
    """Back from ``leaves_of``: (id, digest) in id order."""
    return [
        (int.from_bytes(leaves[at : at + 8], "big"), leaves[at + 8 : at + 40].hex())
        for at in range(0, len(leaves), 40)
    ]


def segment_root(number: int, previous: str, sealed_at: datetime, leaves: bytes) -> str:
    """The root of a segment: chained to the one before it and covering its own rows."""
    head = f"{number}|{previous}|{moment(sealed_at)}|".encode()
    return hashlib.sha256(head + leaves).hexdigest()
