"""After three years an operation says nothing any more, but its receipt still stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wangge.engines.sync.actions import retry_operation
from wangge.engines.sync.handlers import Unacceptable
from wangge.engines.sync.models import Operation, Phone
from wangge.engines.sync.retention import forget_old

pytestmark = pytest.mark.django_db


def test_what_was_sent_long_ago_is_emptied(phone, logged_in):
    old, new = phone.record(), phone.record("later.kind", {})
    (receipt, _other) = phone.send(old, new)
    assert forget_old() == 0
    rows = Operation._base_manager
    rows.update(received_at=timezone.now() - timedelta(days=3 * 365 + 1))
    Phone._base_manager.update(seen_at=timezone.now() - timedelta(days=366))
    assert forget_old() == 2 and forget_old() == 0
    assert set(rows.values_list("payload_sealed", flat=True)) == {""}
    assert Phone._base_manager.get().name == ""
    assert phone.send(old)[0]["receipt"] == receipt["receipt"]
    with pytest.raises(Unacceptable):
        retry_operation(actor="test", operation=rows.get(state="rejected"))
    page = logged_in(cast.secretary()).get(reverse("phones:phone", args=[Phone._base_manager.get().pk]))
    assert page.status_code == 200 and "/retry/" not in page.content.decode()
