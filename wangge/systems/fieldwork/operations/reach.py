"""What an operation speaks of, found within the worker's reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.lib.scoping import Scoped
from wangge.registry.people.models import Organisation, Person, Room

Row = TypeVar("Row", bound=Scoped)
DOORS: tuple[tuple[str, type[Scoped]], ...] = (
    ("room", Room), ("organisation", Organisation), ("person", Person),
)  # fmt: skip


def found(model: type[Row], key: Any) -> Row:
    """The row in reach.

    Raises:
        Unacceptable: it is none, or not the worker's.
    """
    if isinstance(key, str) and ":" in key:
        key = key.rpartition(":")[2]
    row = model.objects.filter(pk=int(key)).first() if str(key).isdecimal() and len(str(key)) < 19 else None
    if row is None:
        raise Unacceptable(_("这一户或这个人不在您的网格里，或已不在登记册中。请同步后再看。"))
    return row


def door_in(data: Mapping[str, Any]) -> Any:
    """The room, organisation or person that was visited."""
    for name, model in DOORS:
        if data.get(name):
            return found(model, data[name])
    raise Unacceptable(_("没有说明去了哪一户。"))


def day_in(data: Mapping[str, Any], name: str = "on") -> date | None:
    """A day, None when nothing is said.

    Raises:
        Unacceptable: not a date.
    """
    if not data.get(name):
        return None
    try:
        return date.fromisoformat(str(data[name]))
    except ValueError as why:
        raise Unacceptable(_("日期要写成 2026-11-26 这样。")) from why
