"""What travels down to phones: sections by name, each read by the system it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from wangge.foundation.access.models import User


class Changed(dict[str, set[str]]):
    """Subject type -> keys of what the trail says changed, such as ``{"people.person": {"7"}}``; and kind of
    event -> keys of what it happened to."""

    def __init__(self, found: Mapping[str, set[str]] = MappingProxyType({})) -> None:
        super().__init__(found)
        self._worked_out: dict[str, Any] = {}

    def once(self, name: str, work_out: Callable[[], Any]) -> Any:
        """What a reader works out from this, kept for its other half."""
        if name not in self._worked_out:
            self._worked_out[name] = work_out()
        return self._worked_out[name]

    def of(self, kind: str) -> set[int]:
        """The keys of one type as numbers."""
        return {int(key) for key in self.get(kind, ()) if key.isdecimal()}


@dataclass(frozen=True)
class Scope:
    """For whom and since when a section is read.

    Args:
        areas: codes to read: grids, and the community's own code for whoever holds all of it. Rows
            belong to exactly these codes.
        since: when the phone last pulled, earlier rather than later; None the first time.
        changed: what changed since; None asks for everything in ``areas``.
    """

    user: User
    areas: tuple[str, ...]
    since: datetime | None = None
    changed: Changed | None = None


Reader = Callable[[Scope], list[dict[str, Any]]]
Gone = Callable[[Scope], list[str]]


@dataclass(frozen=True)
class Section:
    """One section; see ``register``."""

    reader: Reader
    gone: Gone | None = None
    daily: bool = False
    placed: bool = True


_sections: dict[str, Section] = {}


def register(
    name: str, reader: Reader, gone: Gone | None = None, *, daily: bool = False, placed: bool = True
) -> None:
    """Send what ``reader(scope)`` returns down to phones under ``name``.

    Args:
        reader: rows as plain JSON, each with a stable text ``"id"``, and ``"area"`` where it has one.
            On a delta only rows that changed; it may look at ``scope.changed`` or ``scope.since``.
        gone: on a delta, the ids a phone may still hold and must forget.
        daily: time alone changes the rows: the first pull of a day sends all of them, and the phone forgets
            those it held.
        placed: rows belong to areas; False for what is the same everywhere, such as a list of scenes, which
            is not sent again when an area is added.
    """
    _sections[name] = Section(reader, gone, daily, placed)


def registered() -> Mapping[str, Section]:
    """Every section by name, in the order they were registered."""
    return _sections


_before: dict[str, Reader] = {}


def send_before(name: str, reader: Reader) -> None:
    """Send what ``reader(scope)`` returns, rows of the section ``name``, ahead of everything else to a phone
    that holds nothing yet: what can be worked with while the rest comes down, which brings them again."""
    _before[name] = reader


def sent_before() -> Mapping[str, Reader]:
    """What goes ahead, by section."""
    return _before


Fields = Callable[[Scope, list[str]], Mapping[str, dict[str, Any]]]
Touched = Callable[[Scope], set[int]]


@dataclass(frozen=True)
class Extension:
    """Fields that another system adds to the rows of a section."""

    fields: Fields
    touched: Touched | None = None


_extensions: dict[str, list[Extension]] = {}


def extend(name: str, fields: Fields, touched: Touched | None = None) -> None:
    """Add fields to the rows of a section that belongs to somebody below.

    Args:
        fields: scope and ids of rows -> id -> what to add, such as ``{"7": {"last_visit": "2026-11-25"}}``.
        touched: on a delta, keys of rows to send again because these fields changed.
    """
    _extensions.setdefault(name, []).append(Extension(fields, touched))


def touched_beside(name: str, scope: Scope) -> set[int]:
    """Keys of a section's rows that its extensions want to be sent again."""
    found: set[int] = set()
    for each in _extensions.get(name, ()):
        found |= each.touched(scope) if each.touched else set()
    return found


def extended(name: str, scope: Scope, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what others add to them."""
    ids = [row["id"] for row in rows]
    for each in _extensions.get(name, ()) if ids else ():
        more = each.fields(scope, ids)
        for row in rows:
            row |= more.get(row["id"], {})
    return rows
