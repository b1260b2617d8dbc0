"""The worker's signs of life, and what the doctor says of them."""

from datetime import timedelta
from threading import Event

import pytest
from django.core.cache import cache
from django.utils import timezone

from wangge.flows import service
from wangge.flows.alive import KEY, last_sign
from wangge.site.examination import heartbeat

pytestmark = pytest.mark.django_db


def test_a_worker_leaves_a_sign_when_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    assert last_sign() is None
    stop = Event()
    monkeypatch.setattr(service, "IDLE", 0.0)
    monkeypatch.setattr(service.worker, "claim", lambda: stop.set())
    monkeypatch.setattr(service, "SWEEPS", {})
    monkeypatch.setattr(service, "close_old_connections", lambda: None)  # the test holds its own
    service.serve(stop, tell=lambda line: None)
    assert last_sign() is not None
    assert heartbeat().state == "ok"


def test_the_doctor_misses_a_worker_that_never_ran() -> None:
    found = heartbeat()
    assert found.state == "warn" and "wangge worker" in found.advice


def test_the_doctor_misses_a_worker_that_fell_silent() -> None:
    cache.set(KEY, (timezone.now() - timedelta(minutes=9)).timestamp())
    assert heartbeat().state == "warn"
