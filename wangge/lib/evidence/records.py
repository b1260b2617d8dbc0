"""Fields as they lie in a bundle: in clear with their salt, or hidden behind their commitment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .canonical import NotJson, canonical, parse
from .commitments import HASH, NAME, NUMBER, commitment

Entries = dict[str, dict[str, Any]]


class BadRecord(ValueError):
    """Not what a bundle holds."""


def opened(fields: Mapping[str, Any], salts: Mapping[str, str]) -> Entries:
    """The fields with their salts."""
    return {name: {"salt": salts[name], "value": value} for name, value in fields.items()}


def hidden(entries: Entries, hide: Collection[str]) -> Entries:
    """The same with some more fields behind their commitments."""
    return {
        name: {"commitment": committed(name, entry)} if name in hide else entry
        for name, entry in entries.items()
    }


def committed(name: str, entry: dict[str, Any]) -> str:
    """The commitment of one entry, in clear or hidden.

    Raises:
        BadRecord: it is neither.
    """
    if not NAME.fullmatch(name):
        raise BadRecord("evidence: a field needs a plain key (a-z first, then a-z, 0-9, _, 40 at most)")
    if not isinstance(entry, dict):
        raise BadRecord
    if entry.keys() == {"commitment"} and _is_hash(entry["commitment"]):
        return str(entry["commitment"])
    if entry.keys() == {"salt", "value"} and _is_hash(entry["salt"]):
        return commitment(entry["salt"], name, entry["value"])
    raise BadRecord


def all_committed(entries: Entries) -> dict[str, str]:
    """The commitment of every entry.

    Raises:
        BadRecord: one is neither in clear nor hidden, or no JSON.
    """
    return {name: committed(name, entry) for name, entry in entries.items()}


def write_case(entries: Entries) -> bytes:
    return canonical({"fields": entries})


def write_step(number: int, entries: Entries) -> bytes:
    return canonical({NUMBER: number, "fields": entries})


def read_case(raw: bytes) -> Entries:
    """Raises BadRecord when it is no case."""
    return _fields(_object(raw, {"fields"}))


def read_step(raw: bytes) -> tuple[int, Entries]:
    """Raises BadRecord when it is no step."""
    told = _object(raw, {NUMBER, "fields"})
    if type(told[NUMBER]) is not int:
        raise BadRecord
    return told[NUMBER], _fields(told)


def _object(raw: bytes, keys: set[str]) -> dict[str, Any]:
    try:
        told = parse(raw)
    except NotJson as error:
        raise BadRecord from error
    if not isinstance(told, dict) or told.keys() != keys:
        raise BadRecord
    return told


def _fields(told: dict[str, Any]) -> Entries:
    if not isinstance(told["fields"], dict):
        raise BadRecord
    return told["fields"]


def _is_hash(text: Any) -> bool:
    return isinstance(text, str) and HASH.fullmatch(text) is not None
