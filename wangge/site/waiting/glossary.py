"""The words of the field as the help page shows them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from wangge.registry.ledgers.dictionary import english


def glossary() -> list[tuple[str, str, str]]:
    """The words of docs/words.md as the page speaks: word, beside English the Chinese, meaning."""
    rows = _table("words.md")
    if not english():
        return [(row[0], "", row[3]) for row in rows if len(row) >= 4]
    meanings = {row[0]: row[1] for row in _table("words.en.md")}
    return [(row[1], row[0], meanings.get(row[1], "")) for row in rows if len(row) >= 4]


@lru_cache(maxsize=2)
def _table(name: str) -> list[list[str]]:
    """The cells of the table in a page of docs/, without its head."""
    path = settings.ROOT / "docs" / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[2:]
