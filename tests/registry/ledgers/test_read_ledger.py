"""Every workbook of tests/ledgers is read as its expected report says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledgers.build import BOOKS
from wangge.registry.ledgers.reading import Ledger, open_ledger


@pytest.fixture
def read(tmp_path: Path):
    """Build a workbook by name and open it."""

    def opened(name: str) -> Ledger:
        return open_ledger(BOOKS[name][0](tmp_path))

    return opened


@pytest.mark.parametrize("name", BOOKS)
def test_the_tables_of_a_workbook_are_found(name, read) -> None:
    expected, ledger = BOOKS[name][1], read(name)

    assert ledger.format == expected.format
    assert {sheet.name: sheet.code for sheet in ledger.skipped} == expected.left_out
    found = [(s.name, s.header_rows, sum(len(c) for c in s.chunks(7))) for s in ledger.sheets]
    assert found == [(t.name, t.header_rows, t.rows) for t in expected.tables]
    for sheet, table in zip(ledger.sheets, expected.tables, strict=True):
        if table.skipped:
            assert sheet.skipped_rows == table.skipped
        assert len(sheet.columns) == len(table.facts) + len(table.dropped)
