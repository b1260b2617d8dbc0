"""Moments written in bulk are found as those that were saved one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wangge.foundation.journal.actions import record
from wangge.foundation.journal.models import Entry
from wangge.lib.bulk import update_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]


@pytest.mark.parametrize("microsecond", [0, 250_000])
def test_a_moment_written_in_bulk_is_that_moment(microsecond: int) -> None:
    at = datetime(2026, 11, 26, 8, 30, 0, microsecond, tzinfo=UTC)
    entry = record("setting.changed", actor="cli", area="")
    update_rows(Entry, "id", {"id": [entry.pk], "at": [at]})
    assert Entry._base_manager.filter(at=at).exists() and Entry._base_manager.filter(at__lte=at).exists()
