"""A phone whose clock is wrong: what it recorded gets its true time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from wangge.engines.sync import handlers
from wangge.engines.sync.handlers import Done
from wangge.engines.sync.models import Operation, Phone
from wangge.foundation.access.models import Grant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", [timedelta(days=1), -timedelta(days=1), timedelta(seconds=20)])
def test_a_clock_that_is_wrong_is_put_right_and_told(phone, wrong):
    seen = []
    handlers.register("test.when", lambda incoming: seen.append(incoming.at) or Done(cast.GRID))
    Phone._base_manager.update(registered_at=timezone.now() - timedelta(days=9))
    # two hours ago may be yesterday
    Grant.objects.update(valid_from=timezone.localdate() - timedelta(days=9))
    phone.skew = wrong
    op = phone.record("test.when", {})
    op["at"] = (phone.now() - timedelta(hours=2)).isoformat()
    phone.send(op)
    row = Operation._base_manager.get()
    assert row.odd_clock is (abs(wrong) > timedelta(minutes=5))
    true = timezone.now() - timedelta(hours=2)
    assert abs(seen[0] - true) < timedelta(seconds=30) and abs(row.true_at - true) < timedelta(seconds=30)
