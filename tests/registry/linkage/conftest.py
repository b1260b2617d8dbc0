"""The ground these tests stand on, and people who are like nobody."""

from __future__ import annotations

import pytest

from tests.registry.linkage.linkage_cast import strangers


@pytest.fixture
def town(ground: None, everywhere: object) -> None:
    """The small district with a dozen people in it; the test has the reach of the whole."""
    strangers()
