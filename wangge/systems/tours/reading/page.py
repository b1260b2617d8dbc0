"""What stands on a briefing's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Table:
    """Headings and rows of text."""

    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Briefing:
    """The page, counted at ``at``, of so many ``stops``. ``foot`` says how the numbers came about;
    ``left_off``: open problems that do not fit."""

    title: str
    at: datetime
    paragraphs: list[str]
    figures: Table
    problems: Table
    foot: str
    left_off: int = 0
    example: bool = False
    stops: int = 1
