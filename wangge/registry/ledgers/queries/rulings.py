"""How a header is compared with what the district ruled."""

from __future__ import annotations

from wangge.registry.ledgers.dictionary import header_forms


def ruling_key(header: str) -> str:
    """The form of a header under which a ruling is found again."""
    return header_forms(header)[0].replace("/", "")[:120]
