"""One spelling for every JSON value (RFC 8785, JSON Canonicalization Scheme), so that its hash is one too."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

DEEPEST = 32
_text = json.JSONEncoder(ensure_ascii=False).encode
_SAFE = 2**53 - 1  # numbers beyond it are not the same in every language


class NotJson(ValueError):
    """A value that JSON cannot carry everywhere; write it as text. The text says why, never the value."""


def canonical(value: Any) -> bytes:
    """The value as UTF-8, keys in the order of their UTF-16 units, no space anywhere.

    Raises:
        NotJson: another type, a number beyond 2**53 or with an exponent, text that is no text, too deep.
    """
    try:
        return _spell(value, DEEPEST).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotJson("half a character") from error


def parse(raw: bytes) -> Any:
    """A value from bytes that spell it as ``canonical`` does.

    Raises:
        NotJson: they spell it in another way, or are not JSON.
    """
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotJson("not JSON") from error
    if canonical(value) != raw:
        raise NotJson("another spelling")
    return value


def _spell(value: Any, depth: int) -> str:
    if not depth:
        raise NotJson("too deep")
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        pairs = [f"{_text(key)}:{_spell(value[key], depth - 1)}" for key in _ordered(value)]
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([_spell(item, depth - 1) for item in value]) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return _number(value)
    raise NotJson(type(value).__name__)


def _ordered(value: dict[str, Any]) -> list[str]:
    if not all(isinstance(key, str) for key in value):
        raise NotJson("a key that is no text")
    if all(map(str.isascii, value)):  # then both orders are one
        return sorted(value)
    return sorted(value, key=lambda key: key.encode("utf-16-be"))


def _number(number: int | float) -> str:
    if number == 0:
        return "0"
    if not 1e-6 <= abs(number) <= _SAFE:  # nan and infinity too
        raise NotJson("a number beyond 2**53 or with an exponent")
    if isinstance(number, int):
        return str(int(number))
    plain = format(Decimal(repr(number)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
