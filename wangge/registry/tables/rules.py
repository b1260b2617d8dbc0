"""Who may have tables filled, and what is refused."""

from __future__ import annotations

from typing import Any

from wangge.foundation.access import queries as access

MOST_ROWS = 100_000


class NotFilled(ValueError):
    """A request that cannot be filled as it stands; says what to do. code: stable English key."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def may_have_clear(actor: Any, area_code: str) -> bool:
    """Whether the actor may take numbers and phones in clear (with a reason)."""
    return isinstance(actor, str) or access.may(actor, "ledger.export_unmasked", area_code)


def too_many(rows: int) -> NotFilled:
    """The refusal of a table no office can open."""
    return NotFilled("too_many_rows", f"符合条件的超过 {rows:,} 行，请按镇街或社区分别填写。")
