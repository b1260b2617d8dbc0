"""The order places come in, and the names of areas."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wangge.foundation.territory import queries as territory

_DIGITS = re.compile(r"(\d+)")


def natural(text: str | None) -> list[tuple[int, int, str]]:
    """A key that puts 9栋 before 10栋."""
    parts = _DIGITS.split(text or "")
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts if part]


def add_names(names: dict[str, str], codes: Iterable[str]) -> None:
    """Add the names of these areas and of all above them."""
    wanted = {step for code in set(codes) if code for step in territory.path_of(code)} - names.keys()
    if wanted:
        names |= dict.fromkeys(wanted, "") | territory.names_of(wanted)
