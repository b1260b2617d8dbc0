"""Which ledgers an answer brings up to date (本次更新的台账)."""

from __future__ import annotations

from collections.abc import Iterable

from wangge.registry.ledgers.queries.ledgers import ledgers_showing
from wangge.registry.people.models import Person


def ledgers_of(facts: Iterable[str], people: Iterable[Person] | None = None) -> list[str]:
    """Names of the ledgers that show any of these facts, in the language of the page.

    Args:
        facts: codes of the dictionary. people: only ledgers in which one of them stands today.
    """
    return [str(ledger.name) for ledger in ledgers_showing(facts, people)]
