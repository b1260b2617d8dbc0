"""The people of the tables stand before each test; files lie in a folder of the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables.population import settle


@pytest.fixture
def settled(db: None, everywhere: object, settings: object, tmp_path: Path) -> None:
    """Two communities of one town."""
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    settle()
