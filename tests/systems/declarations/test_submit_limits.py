"""Limits: exact in a process, and what several processes let through together."""

from __future__ import annotations

from typing import Any

import pytest

from wangge.systems.declarations.actions import submit_limits
from wangge.systems.declarations.models import Tally
from wangge.systems.declarations.reading import TooMany

pytestmark = pytest.mark.django_db
LIMIT = 20


class Process:
    """What one process remembers; several of them take turns in this one."""

    def __init__(self) -> None:
        self.held: dict[Any, Any] = {}

    def passes(self, monkeypatch: pytest.MonkeyPatch) -> bool:
        monkeypatch.setattr(submit_limits, "_held", self.held)
        try:
            submit_limits.count_client(device="one", address="")
        except TooMany:
            return False
        return True


@pytest.fixture(autouse=True)
def _limits(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DECLARE_LIMITS = {"code": (LIMIT, 60), "device": (LIMIT, 3600), "address": (LIMIT, 3600)}
    monkeypatch.setattr(submit_limits.time, "time", lambda: 1_800_000_123.0)


def test_one_process_lets_exactly_the_limit_through(monkeypatch: pytest.MonkeyPatch) -> None:
    process = Process()
    assert [process.passes(monkeypatch) for _turn in range(LIMIT + 3)].count(True) == LIMIT


def test_several_let_at_most_a_tenth_each_through_beyond_it(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = [Process() for _number in range(4)]
    passed = sum(process.passes(monkeypatch) for _turn in range(LIMIT) for process in processes)
    assert LIMIT <= passed <= LIMIT + len(processes) * LIMIT // 10


def test_a_restart_forgets_less_than_a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = sum(Process().passes(monkeypatch) for _turn in range(1)) + sum(
        process.passes(monkeypatch) for process in [Process()] for _turn in range(LIMIT)
    )
    after = Process()
    again = sum(after.passes(monkeypatch) for _turn in range(LIMIT))
    assert passed == LIMIT + 1 and again <= LIMIT // 10


def test_one_who_declares_once_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Process().passes(monkeypatch)
    assert not Tally.objects.exists()


def test_no_device_and_no_address_stand_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    process = Process()
    for _turn in range(LIMIT):
        process.passes(monkeypatch)
    (tally,) = Tally.objects.all()
    assert tally.hits == LIMIT and "one" not in tally.key


def test_counts_of_spans_long_over_go(monkeypatch: pytest.MonkeyPatch) -> None:
    Tally.objects.create(key="x", begins=1, hits=1)
    assert submit_limits.clear_old_tallies() == 1


def test_a_blocked_address_leaves_no_made_up_devices_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submit_limits, "_held", {})
    for number in range(LIMIT):
        submit_limits.count_client(device=f"device {number}", address="192.0.2.1")
    held = len(submit_limits._held)
    with pytest.raises(TooMany):
        submit_limits.count_client(device="one more", address="192.0.2.1")
    assert len(submit_limits._held) == held
