"""Gaps that other systems know of (S09: groups without an owner, reports unverified): neighbours are not
known here, so whoever stands above them registers what to count and where its rows are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from wangge.foundation.access.queries import may


@dataclass(frozen=True)
class Elsewhere:
    """One kind of gap of another system.

    Args:
        count: area code -> how many, inside the reach. address: area code -> the page with the rows.
        right: who may see it.
    """

    key: str
    name: str | Promise
    right: str
    count: Callable[[str], int]
    address: Callable[[str], str]


_registered: dict[str, Elsewhere] = {}


def register(gap: Elsewhere) -> None:
    """Show this kind beside those of the field work; call it from ``AppConfig.ready``."""
    _registered[gap.key] = gap


def elsewhere(user: Any, area: str) -> list[tuple[str, int, str]]:
    """Name, number and address of each kind the user may see."""
    return [
        (str(gap.name), gap.count(area), gap.address(area))
        for gap in _registered.values()
        if may(user, gap.right, area)
    ]
