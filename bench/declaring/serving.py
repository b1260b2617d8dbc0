"""Servers and databases of the declaration bench."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.databases import ROOT, Place

PORT, WORKERS, THREADS = 8097, 2, 16
OURS, FLOORS = "wangge.site.wsgi:application", "bench.declaring.floors:application"
CONSTANT = "bench.declaring.floors:constant"
LIMITS = {  # on, and never reached: that the limiter counts is part of what is measured
    "WANGGE_DECLARE_PER_CODE": "1000000000/60",
    "WANGGE_DECLARE_PER_DEVICE": "1000000/3600",
    "WANGGE_DECLARE_PER_ADDRESS": "1000000000/3600",
    "WANGGE_LOG_LEVEL": "ERROR",
}


@dataclass
class Server:
    """A running server; ``url`` is where it is knocked at."""

    url: str
    process: subprocess.Popen

    def memory_mb(self) -> float:
        """Resident memory of the server and its processes."""
        return sum(_resident(pid) for pid in [self.process.pid, *_children(self.process.pid)])


@contextmanager
def served(place: Place, application: str, path: str) -> Iterator[Server]:
    """An application on granian, as ``wangge serve`` starts it."""
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(PORT),
    ]
    command += [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        str(THREADS),
        "--log-level",
        "error",
        application,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=place.env | LIMITS)
    try:
        _wait(process)
        yield Server(f"http://127.0.0.1:{PORT}{path}", process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            line = HTTPConnection("127.0.0.1", PORT, timeout=5)
            line.request("GET", "/api/v1/health")
            line.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


@contextmanager
def worker(place: Place) -> Iterator[subprocess.Popen]:
    """The worker of the product: sweeps, matching, reactions."""
    program = "import sys; from wangge.site.cli import main; sys.exit(main(['worker']))"
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=place.env | LIMITS)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def inside(place: Place, program: str, *args: str) -> str:
    """Run a few lines of Python in the installation; its output."""
    done = subprocess.run(
        [sys.executable, "-c", program, *args],
        cwd=ROOT,
        env=place.env | LIMITS,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return done.stdout.strip()


@contextmanager
def asking(place: Place, program: str) -> Iterator[Callable[[], str]]:
    """A program that answers a line with a line, started beforehand so that its start is not measured."""
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=place.env | LIMITS, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin and process.stdout
    entry, answers = process.stdin, process.stdout

    def ask() -> str:
        print(file=entry, flush=True)
        return answers.readline().strip()

    try:
        yield ask
    finally:
        entry.close()
        process.wait(30)


def commits(place: Place, clients: int, seconds: int) -> float:
    """Durable single-row commits a second by pgbench: what the disk and the database give."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("INSERT INTO floor_commits (body) VALUES (repeat('x', 1000));\n")
        script.flush()
        call = ["pgbench", "-h", "127.0.0.1", "-U", "postgres", "-n", "-c", str(clients), "-j", "2"]
        call += ["-T", str(seconds), "-f", script.name, place.name]
        done = subprocess.run(call, capture_output=True, text=True, check=True)
    told = [line.split("=")[1] for line in done.stdout.splitlines() if line.startswith("tps")]
    return float(told[0].split()[0])


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
