"""One door of the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One door.

    ``make(area)`` puts a row into the area and returns the address's arguments; ``rights_too`` are
    rights that also open the door.
    """

    name: str
    right: str
    make: Callable[[str], dict[str, Any]] | None = None
    method: str = "GET"
    query: str = ""
    rights_too: tuple[str, ...] = ()
    answers: tuple[int, ...] = (200, 302, 422)
    stranger: int = 302  # the API says 401 instead of leading to the login page
