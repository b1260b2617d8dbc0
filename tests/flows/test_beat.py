"""The worker's signs of life, and what the doctor says of them."""

from datetime import timedelta
from threading import Event

import pytest
from django.core.cache import cache
from django.utils import timezone

from wangge.flows import service
from wangge.flows.alive import KEY, last_sign
from wangge.foundation.journal.enums import State
from wangge.foundation.journal.models import Delivery
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


@pytest.mark.parametrize(("failures_only", "heard"), [(False, 4), (True, 1)])
def test_a_worker_beside_the_server_tells_of_failures_alone(
    monkeypatch: pytest.MonkeyPatch, failures_only: bool, heard: int
) -> None:
    stop, said = Event(), []
    waiting = [Delivery(reaction="a", entry_id=1), Delivery(reaction="b", entry_id=2)]
    monkeypatch.setattr(service, "IDLE", 0.0)
    monkeypatch.setattr(service, "SWEEPS", {})
    monkeypatch.setattr(service, "close_old_connections", lambda: None)
    monkeypatch.setattr(service.worker, "claim", lambda: waiting.pop() if waiting else stop.set())
    monkeypatch.setattr(
        service.worker, "run", lambda each: State.FAILED if each.reaction == "b" else State.DONE
    )
    service.serve(stop, tell=said.append, failures_only=failures_only)
    assert len(said) == heard and any(line.startswith("b #2") for line in said)


def test_the_doctor_misses_a_worker_that_never_ran() -> None:
    found = heartbeat()
    assert found.state == "warn" and "wangge worker" in found.advice


def test_the_doctor_misses_a_worker_that_fell_silent() -> None:
    cache.set(KEY, (timezone.now() - timedelta(minutes=9)).timestamp())
    assert heartbeat().state == "warn"
