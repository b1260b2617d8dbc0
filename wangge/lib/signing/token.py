"""What a token says, and its bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_FORM = struct.Struct(">BBc6sBI")  # version, key, kind, number, round, ends
VERSION = 1
NEVER = 0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadToken(Exception):
    """Not a token of ours; ``why`` is form, version, key or signature."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Token:
    """``kind`` is one capital letter (C report code, R receipt, G group invitation, V visit card), ``number``
    0 .. 2**48-1, ``round`` 0 .. 255, ``ends`` None or a moment, kept to the hour (rounded up)."""

    kind: str
    number: int
    round: int = 1
    ends: datetime | None = None

    def ended(self, now: datetime) -> bool:
        return self.ends is not None and now >= self.ends


def encode(token: Token, key: int) -> bytes:
    hours = NEVER if token.ends is None else -(-(token.ends - _EPOCH) // timedelta(hours=1))
    number = token.number.to_bytes(6, "big")
    return _FORM.pack(VERSION, key, token.kind.encode("ascii"), number, token.round, hours)


def decode(raw: bytes) -> tuple[Token, int, bytes, bytes]:
    """Token, key number, signed part, signature.

    Raises:
        BadToken: too short, or of another version.
    """
    body, signature = raw[: _FORM.size], raw[_FORM.size :]
    if len(body) < _FORM.size or not signature:
        raise BadToken("form")
    version, key, kind, number, turn, hours = _FORM.unpack(body)
    if version != VERSION or not kind.isalpha():
        raise BadToken("version")
    try:
        ends = None if hours == NEVER else _EPOCH + timedelta(hours=hours)
    except OverflowError as error:  # a day no calendar knows: nobody signed that
        raise BadToken("form") from error
    return Token(kind.decode("ascii"), int.from_bytes(number, "big"), turn, ends), key, body, signature
