"""The server killed with -9 again and again while phones send and send again: every declaration that was
acknowledged is there exactly once, whole, with the receipt its sender has, and with one line in the trail."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.safety.house import LEG, ROOT, House, postgres
from wangge.lib.identifiers import make_demo_id

SENT = int(os.environ.get("WANGGE_KILL_SUBMISSIONS", "500"))
PHONES, PATIENCE = 8, 120.0
CODE = """
from wangge.site.cli import everywhere, start_django
start_django()
from tests.systems.declarations.intake import a_code, token_of
with everywhere():
    print(token_of(a_code()))
"""
HELD = """
import json
from wangge.site.cli import everywhere, start_django
start_django()
from wangge.foundation.journal.models import Entry
from wangge.systems.declarations.models import Declaration
with everywhere():
    rows = Declaration.objects.order_by("report", "line").values_list("report", "line", "receipt")
    lines = Entry.objects.filter(kind="declaration.submitted").values_list("subject_id", flat=True)
    print(json.dumps([[[str(report), line, receipt] for report, line, receipt in rows], list(lines)]))
"""


class Server:
    """granian with two processes, killed with all of them at once and started again on the same port."""

    def __init__(self, house: House) -> None:
        self.house, self.killed, self.log = house, list[float](), house.home / "server.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
        command += ["--workers", "2", "--blocking-threads", "4", "--log-level", "critical"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "wangge.site.wsgi:application"], cwd=ROOT, env=self.house.env,
                start_new_session=True, stdout=log, stderr=log,
            )  # fmt: skip

    def broke(self) -> list[str]:
        """What went wrong that the server had no words for, by kind."""
        return [line for line in self.log.read_text(errors="replace").splitlines() if "API: " in line]

    def kill(self) -> None:
        self.killed.append(time.monotonic())
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Phones:
    """Senders with a memory: each sends what it has until it holds a receipt."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.receipts: dict[str, dict[str, Any]] = {}
        self.heard: dict[str, float] = {}
        self.people: dict[str, int] = {}
        self.again = self.broken = 0
        self.lock = threading.Lock()

    def send(self, number: int) -> None:
        report = str(uuid4())
        body = json.dumps(self._payload(report, number)).encode()
        until = time.monotonic() + PATIENCE
        while not self._post(report, body):
            assert time.monotonic() < until, "no receipt in time"
            self.again += 1
            time.sleep(random.uniform(0.01, 0.2))

    def _payload(self, report: str, number: int) -> dict[str, Any]:
        self.people[report] = 1 + number % 3
        born = time_born(number)
        people = [
            {"name": "试" + "甲乙丙"[at], "id_no": make_demo_id("999703", born, (3 * number + at) % 1000),
             "phone": f"100{number:08d}"}
            for at in range(self.people[report])
        ]  # fmt: skip
        return {
            "report": report, "code": self.token, "kind": "returning", "consent": {"notice": "1"},
            "people": people, "stay": {"address": "甲一社区虚构花园1栋101"},
            "trip": {"from_text": "广州", "arrive_at": time.strftime("%Y-%m-%dT%H:%M")},
        }  # fmt: skip

    def _post(self, report: str, body: bytes) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("POST", "/api/v1/declarations", body, {"Content-Type": "application/json"})
            answer = line.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            return False
        finally:
            line.close()
        if answer.status in (500, 503):  # both say to send the same again
            self.broken += answer.status == 500
            return False
        assert answer.status in (200, 201), (answer.status, content.decode()[:200])
        with self.lock:
            self.receipts[report] = json.loads(content)
            self.heard[report] = time.monotonic()
        return True


def lost(server: Server, phones: Phones, held: set[str], lines: set[str]) -> list[str]:
    """What was acknowledged and is not there, with what helps to find out why."""

    def from_a_kill(at: float) -> float:
        return min((at - kill for kill in server.killed), key=abs)

    return [
        f"in the trail: {report in lines}, heard {from_a_kill(at):+.3f} s from the nearest kill"
        for report, at in phones.heard.items()
        if report not in held
    ]


def time_born(number: int) -> date:
    return date(1950, 1, 1) + timedelta(days=number % 20_000)


@pytest.fixture(params=[LEG])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    limits = {"WANGGE_DECLARE_PER_ADDRESS": "1000000/3600", "WANGGE_DECLARE_PER_CODE": "1000000/60"}
    if request.param == "sqlite":
        yield House(tmp_path, **limits).build()
        return
    with postgres() as database:
        if not database:
            pytest.skip("no PostgreSQL server")
        yield House(tmp_path, database, **limits).build()


def test_every_acknowledged_declaration_is_there_exactly_once(house: House) -> None:
    server = Server(house)
    phones = Phones(server.port, house.must(CODE).strip())
    kills = sorted(random.sample(range(1, SENT), 5 + SENT // 1000))
    done = threading.Event()

    def murder() -> None:
        for point in kills:
            while len(phones.receipts) < point and not done.is_set():
                time.sleep(0.001)
            server.kill()
            server.start()

    killer = threading.Thread(target=murder)
    killer.start()
    try:
        with ThreadPoolExecutor(PHONES) as threads:
            list(threads.map(phones.send, range(SENT)))
    finally:
        done.set()
        killer.join()
        server.kill()
    rows, lines = json.loads(house.must(HELD))
    if broke := server.broke():
        warnings.warn(f"answered with 500: {broke}", stacklevel=1)
    assert phones.broken <= len(kills), broke  # seen once, on SQLite; why is not known
    assert len(phones.receipts) == SENT and phones.again >= len(kills)
    assert lost(server, phones, {report for report, _line, _number in rows}, set(lines)) == []
    expected = [
        [report, line, phones.receipts[report]["number"]]
        for report in sorted(phones.receipts)
        for line in range(phones.people[report])
    ]
    assert sorted(rows) == expected
    assert sorted(lines) == sorted(phones.receipts)
