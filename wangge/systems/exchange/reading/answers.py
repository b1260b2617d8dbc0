"""What a row of a list is answered."""

from __future__ import annotations

from dataclasses import dataclass

from ..enums import Flag


@dataclass(frozen=True)
class Answer:
    """What one row of the list is told: its number in the list, the flag, the facts that differ."""

    row: int
    flag: Flag
    differs: tuple[str, ...] = ()
