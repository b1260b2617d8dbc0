"""A person's facts by name: reading and writing them whether plain, sealed or further facts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wangge.lib.sealing import blind, seal

from ..models import Person

SEALED = {
    "id_no": ("id_sealed", "id_index"),
    "phone": ("phone_sealed", "phone_index"),
    "phone2": ("phone2_sealed", ""),
}
PLAIN = [
    "name",
    "former_name",
    "id_type",
    "sex",
    "birth",
    "nationality",
    "education",
    "marriage",
    "hukou_region",
    "hukou_address",
    "hukou_nature",
    "occupation",
    "employment",
    "school",
    "residence_code_status",
    "guardian",
    "emergency_contact",
]
OPENED = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")

Value = Any  # str, date, or for further facts any JSON scalar


def value_of(person: Person, field: str) -> Value:
    """The fact in clear; "" while it is not known."""
    if field in SEALED or field in PLAIN:
        value = getattr(person, field)
        return "" if value is None else value
    return person.facts.get(field, "")


def put(person: Person, field: str, value: Value) -> None:
    """Set the fact on the object; saving is the caller's."""
    if field in SEALED:
        _put_sealed(person, field, str(value))
    elif field in PLAIN:
        setattr(person, field, parsed(field, value))
        if field == "name":
            person.initials = initials_of(person.name)
    elif OPENED.match(field):
        person.facts[field] = value.isoformat() if isinstance(value, date) else value
    else:
        raise KeyError(f"not a fact of a person: {field!r}")


def _put_sealed(person: Person, field: str, text: str) -> None:
    sealed, index = SEALED[field]
    setattr(person, sealed, seal(text) if text else "")
    if field == "id_no":
        person.id_index = blind(text) if text else None
    elif index:
        setattr(person, index, blind(text) if text else "")


def parsed(field: str, value: Value) -> Value:
    """The value as the column holds it, from what a form, a contradiction or a file gave."""
    if field == "birth":
        if value in ("", None):
            return None
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    return "" if value is None else str(value)


def as_text(value: Value) -> str:
    """The value as contradictions seal it."""
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")


def initials_of(name: str) -> str:
    """Pinyin initials, e.g. 王小明 -> wxm; letters of a Latin name stay."""
    from wangge.lib.pinyin import initials

    return initials(name)[:20]
