"""What an event sets off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.flows import reactions_for_tests as reactions
from wangge import flows
from wangge.flows import service, worker
from wangge.foundation.access.models import User
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.enums import State
from wangge.foundation.journal.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]
HERE = "tests.flows.reactions_for_tests"


@pytest.fixture
def happened():
    """``happened("works")`` records one event to which that reaction is subscribed."""
    subscribed = []

    def record(reaction: str) -> Delivery:
        name = f"{HERE}.{reaction}" if "." not in reaction else reaction
        journal.subscribe(f"test.{reaction}", name)
        subscribed.append((f"test.{reaction}", name))
        entry = journal.record(f"test.{reaction}", actor="cli", area="")
        return Delivery.objects.get(entry=entry)

    reactions.ran.clear()
    yield record
    for kind, name in subscribed:
        journal.unsubscribe(kind, name)


def again_at_once() -> None:
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_reaction_runs_once(happened):
    delivery = happened("works")
    assert flows.drain() == 1 and flows.drain() == 0
    delivery.refresh_from_db()
    assert delivery.state == State.DONE and reactions.ran == [("works", delivery.entry_id)]


def test_a_failure_takes_its_writes_back_and_keeps_no_words(happened):
    delivery = happened("breaks")
    flows.drain()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == (State.WAITING, 1, "builtins.LookupError")
    assert not User.objects.exists()


def test_a_failure_waits_longer_each_time_and_ends_after_five(happened):
    delivery = happened("breaks")
    pauses = []
    for _ in range(7):
        flows.drain()
        delivery.refresh_from_db()
        pauses.append(round((delivery.due_at - timezone.now()).total_seconds(), -1))
        again_at_once()
    assert pauses[:4] == [10, 20, 40, 80]
    assert (delivery.state, delivery.attempts, len(reactions.ran)) == (State.FAILED, 5, 5)


def test_one_failure_does_not_stop_the_others(happened):
    happened("breaks")
    good = happened("works")
    flows.drain()
    good.refresh_from_db()
    assert good.state == State.DONE


def test_a_reaction_that_is_not_there_is_a_failure(happened):
    delivery = happened("nowhere.at_all")
    flows.drain()
    delivery.refresh_from_db()
    assert delivery.error == "builtins.ModuleNotFoundError"


def test_a_postponed_reaction_is_not_a_failure(happened):
    delivery = happened("waits")
    assert flows.drain() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.WAITING, 0)
    assert delivery.due_at > timezone.now() + timedelta(seconds=200)


def test_a_long_reaction_keeps_what_it_committed(happened):
    happened("commits_itself")
    flows.drain()
    assert User.objects.count() == 1


def test_a_running_delivery_is_not_claimed_twice(happened):
    happened("works")
    assert worker.claim() is not None
    assert worker.claim() is None


def test_a_killed_workers_delivery_is_run_again(happened):
    delivery = happened("works")
    worker.claim()  # and then the worker is killed
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert flows.drain() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.DONE, 2)


def test_a_delivery_that_kills_its_worker_every_time_fails_in_the_end(happened):
    delivery = happened("works")
    for _ in range(worker.MAX_ATTEMPTS):
        worker.claim()
        Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    flows.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED and reactions.ran == []


def test_a_worker_that_lost_its_lease_takes_its_writes_back(happened):
    happened("loses_its_lease")
    assert worker.run(worker.claim()) == State.RUNNING
    assert not User.objects.exists()


def test_a_failed_delivery_can_be_put_back(happened):
    delivery = happened("works")
    Delivery.objects.update(state=State.FAILED, attempts=5)
    delivery.refresh_from_db()
    journal.retry_delivery(actor="cli", delivery=delivery)
    flows.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.DONE


def test_once_runs_reactions_and_sweeps(happened):
    happened("works")
    assert service.once() == 1


def test_a_sweep_runs_when_its_time_has_come_and_a_failing_one_stops_nobody():
    clock = service.Clock({"no.such.sweep": 10, "wangge.foundation.journal.sealing.seal_pending": 10})
    assert clock.run_due() == 2
    assert clock.run_due() == 0


def test_every_reaction_and_sweep_in_the_table_exists():
    from django.utils.module_loading import import_string

    from wangge.flows import table

    names = [*table.SWEEPS, *(name for reactions in table.REACTIONS.values() for name in reactions)]
    assert all(callable(import_string(name)) for name in names)
