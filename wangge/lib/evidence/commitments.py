"""A field is committed to by a hash with a salt of its own: hidden later, it still holds its place."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .canonical import canonical

START = "0" * 64  # what stands before the first step
SALT_BYTES = 32  # as long as the hash: without it a hidden value cannot be guessed, however few there are
NUMBER = "number"
HASH = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Step:
    """One step as it was recorded: its fields, "number" among them, a salt for every other, its hash."""

    fields: Mapping[str, Any]
    salts: Mapping[str, str]
    hash: str

    @property
    def number(self) -> int:
        return int(self.fields[NUMBER])


def new_salts(names: Iterable[str]) -> dict[str, str]:
    """A fresh salt of 32 random bytes, in hex, for every field but "number"."""
    return {name: salt() for name in names if name != NUMBER}


def salt() -> str:
    return secrets.token_hex(SALT_BYTES)


def commitment(salted: str, name: str, value: Any) -> str:
    """sha256(salt || canonical([name, value])), in hex.

    Raises:
        ValueError: a salt that is not 64 hex digits, a name that is no key, a value that is no JSON.
    """
    if not HASH.fullmatch(salted) or not NAME.fullmatch(name):
        raise ValueError(f"evidence: field {name!r} needs a plain key and a salt of 64 hex digits")
    return sha256(bytes.fromhex(salted) + canonical([name, value])).hexdigest()


def commitments(fields: Mapping[str, Any], salts: Mapping[str, str]) -> dict[str, str]:
    """The commitment of every field.

    Raises:
        ValueError: a field without salt, a salt without field or two salts alike.
    """
    if fields.keys() != salts.keys() or len(set(salts.values())) != len(salts):
        raise ValueError("evidence: every field has one salt of its own, and no other has")
    return {name: commitment(salts[name], name, value) for name, value in fields.items()}


def link(prev: str, number: int, committed: Mapping[str, str]) -> str:
    """sha256(prev || canonical([number, {name: commitment, …}])), in hex: what the next step stands on."""
    return sha256(bytes.fromhex(prev) + canonical([number, dict(committed)])).hexdigest()


def step_hash(prev: str, fields: Mapping[str, Any], salts: Mapping[str, str]) -> str:
    """The hash of a step that follows the one with hash ``prev`` (``START`` before the first).

    Args:
        fields: JSON values by plain keys (a-z, 0-9, _), among them "number", counted from 1.
        salts: from ``new_salts``, kept beside the fields.

    Raises:
        ValueError: what ``commitments`` refuses, or no number.
    """
    number = fields.get(NUMBER)
    if isinstance(number, bool) or not isinstance(number, int) or number < 1 or not HASH.fullmatch(prev):
        raise ValueError("evidence: a step has a number from 1 on and the hash of the step before it")
    return link(prev, number, commitments(without_number(fields), salts))


def without_number(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != NUMBER}
