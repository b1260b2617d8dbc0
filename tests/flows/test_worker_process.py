"""The worker as a process: killed in the middle, and told to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import json, sys
from wangge.site.cli import start_django
start_django()
from wangge.foundation.journal import actions
from wangge.foundation.journal.models import Delivery
entry = actions.record("test.slow", actor="cli", area="", data={"seconds": float(sys.argv[1])})
Delivery.objects.create(entry=entry, reaction="tests.flows.slow_reaction.react")
print(entry.pk)
"""
LOOK = """
import json
from wangge.site.cli import start_django
start_django()
from datetime import timedelta
from django.utils import timezone
from wangge.foundation.access.models import User
from wangge.foundation.journal.models import Delivery
print(json.dumps([User.objects.filter(username="written").count(), Delivery.objects.latest("id").state]))
Delivery.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
"""


class House:
    """An installation of its own, on a SQLite file, and the commands of its operator."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("WANGGE_")}
        self.env |= {"WANGGE_HOME": str(home), "WANGGE_TEST": "1", "PYTHONPATH": str(ROOT)}
        self.env["DJANGO_SETTINGS_MODULE"] = "wangge.site.settings"

    def python(self, *args: str) -> str:
        done = subprocess.run(
            [sys.executable, *args], env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def wangge(self, *args: str) -> list[str]:
        return [sys.executable, "-c", "import sys; from wangge.site.cli import main; sys.exit(main())", *args]

    def start_worker(self) -> subprocess.Popen:
        return subprocess.Popen(self.wangge("worker"), env=self.env, cwd=ROOT, stderr=subprocess.DEVNULL)

    def look(self) -> list:
        return json.loads(self.python("-c", LOOK))

    def await_begin(self, entry: str) -> None:
        until = time.monotonic() + 30
        while not (self.home / f"begun-{entry}").exists():
            assert time.monotonic() < until, "the worker never began"
            time.sleep(0.05)


@pytest.fixture
def house(tmp_path) -> House:
    made = House(tmp_path)
    made.python("-m", "django", "migrate", "--verbosity", "0")
    return made


def test_a_killed_worker_leaves_nothing_half_done_and_the_next_one_does_it(house):
    entry = house.python("-c", MAKE, "60").strip()
    worker = house.start_worker()
    house.await_begin(entry)
    worker.kill()
    worker.wait(timeout=10)
    assert house.look() == [0, "running"]
    house.python(*house.wangge("worker", "--once")[1:])
    assert house.look() == [1, "done"]


def test_a_worker_told_to_stop_finishes_what_it_began(house):
    entry = house.python("-c", MAKE, "2").strip()
    worker = house.start_worker()
    house.await_begin(entry)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    assert house.look() == [1, "done"]
