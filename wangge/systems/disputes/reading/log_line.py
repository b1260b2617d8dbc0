"""A worker's month."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LogLine:
    """One worker's month. ``agreed``: of the disputes she mediated, those signed in the month."""

    user: int
    name: str
    account: str
    sessions: int
    disputes: int
    agreed: int
    visits: int
