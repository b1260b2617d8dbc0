"""Every test begins with limits that nobody has used up."""

from __future__ import annotations

import pytest

from wangge.systems.declarations.actions.submit_limits import forget_counts


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything() -> None:
    forget_counts()
