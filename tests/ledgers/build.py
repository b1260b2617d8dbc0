"""Workbooks as offices really send them, one function each, with what must be found in them (spec §5.4)."""

from __future__ import annotations

from tests.ledgers import layouts, sources
from tests.ledgers.registered import BOOKS, Builder

__all__ = ["BOOKS", "Builder", "layouts", "sources"]
