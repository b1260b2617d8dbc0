"""What the columns of every workbook are taken for, and why some are dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledgers.build import BOOKS
from wangge.registry.ledgers.mapping import guess_kind, memory_key, propose
from wangge.registry.ledgers.reading import open_ledger


def _labelled(proposals) -> dict:
    """Key proposals by header, the second of the same name as "header#2"."""
    found: dict = {}
    for proposal in proposals:
        key = proposal.column
        found[f"{key}#2" if key in found else key] = proposal
    return found


@pytest.mark.parametrize("name", BOOKS)
def test_every_column_of_a_workbook_is_understood(name: str, tmp_path: Path) -> None:
    build, expected = BOOKS[name]
    ledger = open_ledger(build(tmp_path))

    for sheet, table in zip(ledger.sheets, expected.tables, strict=True):
        proposals = propose(sheet.columns, sheet.sample())
        found = _labelled(proposals)
        wanted = {" ".join(header.split()): fact for header, fact in table.facts.items()}
        assert {key: p.fact for key, p in found.items() if p.fact} == wanted
        assert {key: p.dropped_code for key, p in found.items() if not p.fact} == table.dropped
        assert tuple(key for key, p in found.items() if p.ask) == table.asked
        assert all(p.dropped_reason for p in found.values() if not p.fact)
        assert guess_kind(proposals, sheet.name) == table.kind
