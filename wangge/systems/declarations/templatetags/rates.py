"""Figures beside their indicators, for the table of rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def beside(line: Any, indicators: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The indicators with the line's shares, pair by pair."""
    return zip(indicators, line.shares, strict=True)
