"""The supervisor: children come back, a taken port is refused, stopping stops them."""

import argparse
import socket
import sys
import time

import pytest

from wangge.site.cli import Refused
from wangge.site.cli.serve import Child, serve

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
]


def _until(child: Child, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while child.process is None and time.monotonic() < end:
        child.look()
        time.sleep(0.02)


def test_starts_a_child_again_after_it_died() -> None:
    child = Child("child", FOREVER, pause=0.05)
    child.look()
    assert child.process is not None
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    child.look()
    _until(child)
    assert child.process is not None and child.process.pid != first
    child.process.kill()
    child.process.wait()


def test_waits_longer_each_time_a_child_dies_at_once() -> None:
    child = Child("child", [sys.executable, "-c", "raise SystemExit(3)"])
    child.look()
    assert child.process is not None
    child.process.wait()
    child.look()
    assert child.pause == 2.0
    assert child.process is None


def test_kills_a_child_that_does_not_stop_when_asked() -> None:
    child = Child("child", STUBBORN)
    child.look()
    assert child.process is not None
    time.sleep(0.5)  # until it ignores the signal
    child.ask_to_stop()
    child.wait(time.monotonic() + 0.3)
    assert child.process.returncode == -9


def test_refuses_a_taken_port_and_names_another() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(Refused, match=f"--port {port + 1}"):
            serve(argparse.Namespace(host="127.0.0.1", port=port, workers=1, no_worker=True))
