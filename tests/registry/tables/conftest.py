"""The areas of the table tests stand before each of them; files lie in a folder of the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.ledgers.ledger_cast import make_areas


@pytest.fixture
def areas(db: None, everywhere: object, settings: object, tmp_path: Path) -> None:
    """Two towns, a community and a grid in each."""
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    make_areas()
