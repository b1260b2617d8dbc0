"""Files of an order lie in a home of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wangge.foundation.orders import erasers


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings) -> Path:
    """HOME of this test."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def _own_stores() -> Iterator[None]:
    """What a test registers is forgotten after it."""
    before = dict(erasers._stores)
    erasers._stores.clear()
    yield
    erasers._stores.clear()
    erasers._stores.update(before)


@pytest.fixture
def lasting_ground(transactional_db: None) -> Iterator[None]:
    """The small district, committed: a closing rewrites storage, which no transaction may contain. What an
    earlier test wrote into an area, and deleted, PostgreSQL still keeps in the table's file."""
    from django.db import connection

    from tests import cast
    from wangge.lib.scoping import EVERYWHERE, within

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (FULL) territory_area")
    with within(EVERYWHERE):
        cast.lay_ground()
        yield
