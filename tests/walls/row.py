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
    query: str = ""  # "{area}" in it stands for the area's code
    form: str = ""  # what a POST sends, url-encoded
    rights_too: tuple[str, ...] = ()
    answers: tuple[int, ...] = (200, 302, 422)
    everywhere: bool = False  # the row belongs to no area, such as a published standard
    stranger: int = 302  # the API says 401 instead of leading to the login page

    @property
    def placed(self) -> bool:
        """Whether the address names a row, or an area, that another area's people must not see."""
        if self.everywhere:
            return False
        return self.make is not None or "{area}" in self.query + self.form
