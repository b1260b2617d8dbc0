"""A run in the background waits for the one before it; an undone merge is heard of."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY
from tests.registry.linkage.linkage_cast import strangers, twice
from wangge.flows import worker
from wangge.foundation.journal.enums import State
from wangge.foundation.journal.models import Delivery
from wangge.registry.linkage.actions import request_run
from wangge.registry.linkage.models import LinkRun
from wangge.registry.people.models import Merge


@pytest.fixture
def town(ground, everywhere):
    strangers()


def test_a_run_waits_for_the_one_before_it_and_is_then_done(town):
    twice()
    asked = request_run(actor="cli", area_code=COMMUNITY, engine="duckdb")
    now = timezone.now()
    before = LinkRun.objects.create(area_code=COMMUNITY, asked_by="x", state="running", beat_at=now)
    worker.drain()
    owed = Delivery.objects.get(reaction="wangge.flows.linking.link_register")
    assert (owed.state, owed.attempts, Merge.objects.count()) == (State.WAITING, 0, 0)
    LinkRun.objects.filter(pk=before.pk).update(state="done")
    Delivery.objects.filter(pk=owed.pk).update(due_at=now)
    worker.drain()
    asked.refresh_from_db()
    assert (asked.state, Merge.objects.count()) == ("done", 1)


def test_a_run_that_is_gone_is_no_error(town):
    request_run(actor="cli", area_code=COMMUNITY, engine="duckdb").delete()
    worker.drain()
    assert Delivery.objects.get(reaction="wangge.flows.linking.link_register").state == State.DONE
