"""What may stand in the trail: never a personal value in clear."""

from __future__ import annotations

import re
from typing import Any

_EDGE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_ID_18 = re.compile(_EDGE + r"\d{17}[\dXx]" + _END)
_ID_15 = re.compile(_EDGE + r"\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}" + _END)
_PHONE = re.compile(_EDGE + r"1\d{10}" + _END)
# Grid codes have 15 digits as old id numbers have; under these keys they are codes.
_CODE_KEYS = {
    "area",
    "area_code",
    "code",
    "codes",
    "grid",
    "grids",
    "from",
    "to",
    "parent",
    "areas",
    "grid_code",
}
HIDDEN = "***"


class PersonalValue(ValueError):
    """Somebody tried to write an id number or a phone into the trail."""


def refuse_personal(value: Any, *, key: str = "") -> None:
    """Raise PersonalValue when ``value``, at any depth, holds an id number or a phone.

    The message names the key only; the value itself must not reach a log.
    """
    if isinstance(value, dict):
        for name, item in value.items():
            refuse_personal(str(name), key="")
            refuse_personal(item, key=str(name))
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            refuse_personal(item, key=key)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        text = str(value)
        looks_old = key not in _CODE_KEYS and _ID_15.search(text)
        if _ID_18.search(text) or _PHONE.search(text) or looks_old:
            raise PersonalValue(f"A personal value stands under {key or 'a key'!r}; the trail keeps none.")


def without_personal(text: str) -> str:
    """Free text as the trail keeps it: id numbers and phones a person typed are replaced."""
    for pattern in (_ID_18, _ID_15, _PHONE):
        text = pattern.sub(HIDDEN, text)
    return text
