"""What a system does with one operation of a phone: registered by kind, called by the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Unacceptable as Unacceptable  # raised by handlers

from .models import Phone


@dataclass(frozen=True)
class Place:
    """Where the phone said it was: WGS-84 degrees, longitude first; accuracy in metres, None if not told."""

    lon: float
    lat: float
    accuracy_m: float | None = None


@dataclass(frozen=True)
class Incoming:
    """One operation: its sender is known, its form is right, and it was never handled before.

    Args:
        at: when it was recorded, the phone's clock put right by what it was off when sending.
        photos: SHA-256 in hex, in the order they were taken; they may arrive later.
        seen: the cursor of the phone when this was recorded, "" if it never pulled.
    """

    op: UUID
    seq: int
    kind: str
    at: datetime
    place: Place | None
    data: dict[str, Any]
    photos: tuple[str, ...]
    seen: str
    worker: User
    phone: Phone


@dataclass(frozen=True)
class Done:
    """What became of an operation.

    Args:
        area_code: the area it belongs to.
        result: what the phone shows: keys, counts, names of ledgers; no personal value.
        differs: plain words, already translated, if it does not agree with what somebody else recorded.
    """

    area_code: str
    result: dict[str, Any] = field(default_factory=dict)
    differs: str = ""


Handler = Callable[[Incoming], Done]
_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """From now on operations of ``kind`` are given to ``handler``.

    It runs inside one transaction with the operation's row and within the worker's reach, raises
    ``Unacceptable(words)`` to reject with that reason, and is idempotent by ``op``.
    """
    _handlers[kind] = handler


def handler_of(kind: str) -> Handler | None:
    """Who handles operations of this kind; None if nobody does."""
    return _handlers.get(kind)
