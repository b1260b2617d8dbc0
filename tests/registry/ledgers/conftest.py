"""The areas of the ledger tests stand before each of them."""

from __future__ import annotations

import pytest

from tests.registry.ledgers.ledger_cast import make_areas


@pytest.fixture
def areas(db: None, everywhere: object) -> None:
    """Two towns, a community and a grid in each."""
    make_areas()
