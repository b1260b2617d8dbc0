"""A street's month, and a unit that is late too often."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.engines.cases.models import Unit
from wangge.lib.figures import Share


@dataclass(frozen=True)
class Line:
    """A street's month: ``side`` is what is out of bounds, "" where nothing is, with why in words. ``opens``
    is the area its rows are asked by; "" where the reader sees a part of the street only."""

    area_code: str
    name: str
    share: Share
    side: str
    why: str
    opens: str = ""


@dataclass(frozen=True)
class Late:
    """A unit that is late too often."""

    unit: Unit
    share: Share  # late ÷ due
    why: str
